import type { ComponentChildren } from "preact";
import { type Role, RoleSchema } from "#gen/kirikae/v1/access_service_pb";
import { isOneOf, role } from "../api/session";
import { tr } from "../words/sentence";
import { term } from "../words/terms";

type Props = { roles: Role[]; /** What one would do, as a word. */ what: string; children: ComponentChildren };

/** Buttons for those who may press them; the others read why they may not. */
export function Allowed({ roles, what, children }: Props) {
  if (isOneOf(...roles)) return <>{children}</>;
  const who = roles.map((one) => term(RoleSchema, one)).join(" / ");
  return <span class="small weak">{tr("{what}: for the role {who}. Yours is {own}.", { what, who, own: term(RoleSchema, role()) })}</span>;
}
