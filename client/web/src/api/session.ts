// Who is signed in. The session is a cookie that scripts can't read; WhoAmI tells whose it is.
import { signal } from "@preact/signals";
import { AccessService, Role, type WhoAmIResponse } from "#gen/kirikae/v1/access_service_pb";
import { language } from "../words/language";
import { tr } from "../words/sentence";
import { loadTerms } from "../words/terms";
import { timeZone } from "../words/time";
import { type Failure, failureOf } from "./failure";
import { onEnded } from "./session_end";
import { client } from "./transport";

export type Session =
  | { state: "asking" }
  | { state: "out" }
  | { state: "unreachable"; failure: Failure }
  | { state: "in"; who: WhoAmIResponse };

export const session = signal<Session>({ state: "asking" });

onEnded(() => {
  session.value = { state: "out" };
});

/** The caller's role; ROLE_UNSPECIFIED when nobody is signed in. */
export function role(): Role {
  return session.value.state === "in" ? session.value.who.role : Role.UNSPECIFIED;
}

/** The caller's name; "" when nobody is signed in. */
export function actor(): string {
  return session.value.state === "in" ? session.value.who.actor : "";
}

/** Whether the caller is of one of these roles. Administrators are all but approvers. */
export function isOneOf(...roles: Role[]): boolean {
  const own = role();
  return roles.includes(own) || (own === Role.ADMIN && roles.some((one) => one !== Role.APPROVER));
}

/** Whether the caller may mark devices. */
export function mayMark(): boolean {
  return isOneOf(Role.OPERATOR, Role.PLANNER);
}

/** Asks the service who is signed in, and for its words. */
export async function resume(): Promise<void> {
  try {
    const [who] = await Promise.all([client(AccessService).whoAmI({}), loadTerms()]);
    timeZone.value = who.timeZone;
    session.value = { state: "in", who };
  } catch (fault) {
    const failure = failureOf(fault);
    session.value = failure.reason === "UNAUTHENTICATED" ? { state: "out" } : { state: "unreachable", failure };
  }
}

/** Signs in with a token. Returns "" or what is wrong, in words. */
export async function signIn(token: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch("/signin", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
  } catch {
    return tr("The service does not answer. Check the network, then try again.");
  }
  if (answer.ok) {
    await resume();
    return "";
  }
  return saidBy(answer);
}

// What a refusal says.
async function saidBy(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as { message?: string; messageJa?: string };
  return (language.value === "ja" ? body.messageJa : body.message) ?? tr("The service does not answer. Check the network, then try again.");
}

/** Signs out. Returns "" or what is wrong, in words; then the session may go on. */
export async function signOut(): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch("/signout", { method: "POST" });
  } catch {
    return tr("You are not signed out: the service does not answer. Check the network, then try again.");
  }
  if (!answer.ok) return saidBy(answer);
  session.value = { state: "out" };
  return "";
}
