import type { DeviceUser } from "#gen/kirikae/v1/inventory_service_pb";
import { tr, trn } from "../words/sentence";

/** A device's users: the first, and how many others. */
export function People({ users }: { users: readonly DeviceUser[] }) {
  const [one, ...others] = users;
  if (one === undefined) return <span class="weak">{tr("nobody")}</span>;
  return <span><bdi>{one.name || one.staffNumber}</bdi>{others.length > 0 && ` ${trn("and one other", "and {n} others", others.length)}`}</span>;
}
