// What a newcomer does next, by role; shown until it is closed.
import { signal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { role } from "../api/session";
import { recall, remember } from "../words/remembered";
import { tr } from "../words/sentence";

const seen = signal(recall("first-visit") === "seen");

function steps(own: Role): string[] {
  switch (own) {
    case Role.OPERATOR:
      return [tr("Open Today's work: it lists the devices to switch, by floor."), tr("Choose what happened, then scan or type each tag. It is recorded at once."), tr("What can't be sent stays in this browser, in plain sight, until it is.")];
    case Role.PLANNER:
      return [tr("Bring the inventory in, apply the rollout and make a plan."), tr("Submit the plan. An approver decides about it."), tr("Follow the rollout, and plan again what was left out.")];
    case Role.APPROVER:
      return [tr("Read the plan that was submitted: its dates, what is left out and why."), tr("Approve it with a remark, or send it back."), tr("Open or hold the gates between the phases.")];
    case Role.AUDITOR:
      return [tr("Read who changed what and when."), tr("Verify the record, and keep its checkpoints elsewhere.")];
    case Role.ADMIN:
      return [tr("Give each person a token of their own role."), tr("Bring the inventory in, or let a planner do it."), tr("See to the backups and to the checkpoints of the record.")];
    default:
      return [tr("Type what the caller says: a tag, its last digits, a name or its kana."), tr("Ask for the department where several people match."), tr("Read the advice out. It says how to log on now.")];
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
      <ol class="steps">{steps(role()).map((step) => <li key={step}>{step}</li>)}</ol>
      <p><button class="button" type="button" onClick={close}>{tr("Understood")}</button></p>
    </section>
  );
}
