// What a newcomer does next, by role; shown until it is closed.
import { signal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { role } from "../api/session";
import { Link } from "../app/link";
import { recall, remember } from "../words/remembered";
import { tr } from "../words/sentence";

const seen = signal(recall("first-visit") === "seen");

interface Step {
  text: string;
  /** The view where it is done. */
  to?: string;
}

function steps(own: Role): Step[] {
  switch (own) {
    case Role.OPERATOR:
      return [
        { text: tr("Open Today's work: it lists the devices to switch, by floor."), to: "/today" },
        { text: tr("Choose what happened, then scan or type each tag. It is recorded at once.") },
        { text: tr("What can't be sent stays in this browser, in plain sight, until it is.") },
      ];
    case Role.PLANNER:
      return [
        { text: tr("Bring the inventory in."), to: "/devices/import" },
        { text: tr("Make a plan, look at its dates and submit it. An approver decides about it."), to: "/rollouts" },
        { text: tr("Follow the rollout, and plan again what was left out.") },
      ];
    case Role.APPROVER:
      return [
        { text: tr("Read the plan that was submitted: its dates, what is left out and why."), to: "/rollouts" },
        { text: tr("Approve it with a remark, or send it back.") },
        { text: tr("Open or hold the gates between the phases.") },
      ];
    case Role.AUDITOR:
      return [
        { text: tr("Read who changed what and when."), to: "/records" },
        { text: tr("Verify the record, and keep its checkpoints elsewhere."), to: "/records/proof" },
      ];
    case Role.ADMIN:
      return [
        { text: tr("Give each person a token of their own role."), to: "/records/tokens" },
        { text: tr("Bring the inventory in, or let a planner do it."), to: "/devices/import" },
        { text: tr("See to the backups and to the checkpoints of the record."), to: "/records/proof" },
      ];
    default:
      return [
        { text: tr("Type what the caller says: a tag, its last digits, a name or its kana.") },
        { text: tr("Ask for the department where several people match.") },
        { text: tr("Read the advice out. It says how to log on now.") },
      ];
  }
}

export function FirstVisit() {
  if (seen.value) return null;
  const close = () => {
    seen.value = true;
    remember("first-visit", "seen");
  };
  return (
    <section class="box stack" aria-labelledby="first-visit">
      <h2 id="first-visit">{tr("What to do here")}</h2>
      <ol class="steps">{steps(role()).map(({ text, to }) => <li key={text}>{to ? <Link to={to}>{text}</Link> : text}</li>)}</ol>
      <p><button class="button" type="button" onClick={close}>{tr("Understood")}</button></p>
    </section>
  );
}
