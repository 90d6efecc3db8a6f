import { useSignal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Plan, PlanDocumentForm, PlanningService, PlanState, PlanStateSchema } from "#gen/kirikae/v1/planning_service_pb";
import { failureOf, sentenceOf } from "../../api/failure";
import { actor } from "../../api/session";
import { client } from "../../api/transport";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { toast } from "../../parts/announcer";
import { CountLink } from "../../parts/count_link";
import { downloadParts } from "../../parts/download";
import { Pill } from "../../parts/pill";
import { toneOfPlan } from "../../parts/plan_tone";
import { language } from "../../words/language";
import { rich, tr } from "../../words/sentence";
import { term } from "../../words/terms";
import { dayAndTime } from "../../words/time";
import { movesInWords } from "./difference";
import { PhaseDates } from "./phase_dates";
import type { Shown } from "./read";
import { reasonText } from "./words";

const forms = [
  { form: PlanDocumentForm.ICS, end: "ics", type: "text/calendar" },
  { form: PlanDocumentForm.CSV, end: "csv", type: "text/csv" },
  { form: PlanDocumentForm.XLSX, end: "xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
];

async function save(plan: Plan, { form, end, type }: (typeof forms)[number]): Promise<void> {
  const [, rollout = "", , number = ""] = plan.name.split("/");
  try {
    await downloadParts(`${rollout}-plan${number}.${end}`, type, client(PlanningService).getPlanDocument({ name: plan.name, form, language: language.value }));
  } catch (thrown) {
    toast("bad", sentenceOf(failureOf(thrown)));
  }
}

// What is decided about, before it is: counts, dates, moves, what to know.
function Summary({ shown }: { shown: Shown }) {
  const { plan, rollout, difference } = shown;
  return (
    <>
      <p>{tr("Planned: {planned}. Left out: {left}. Blocked: {blocked}.", { planned: plan.plannedCount, left: plan.leftCount, blocked: plan.blockedCount })}</p>
      <PhaseDates plan={plan} rollout={rollout} />
      {difference && <p>{tr("Against the plan in force:")} {movesInWords(difference)}</p>}
      {plan.warnings.length > 0 && <ul class="bullets">{plan.warnings.map((warning) => <li key={warning.code}>{reasonText(warning)}</li>)}</ul>}
    </>
  );
}

type Props = { shown: Shown; onDone: () => void };

/** A plan's state and signatures, and what may be done with it. */
export function Header({ shown, onDone }: Props) {
  const { plan } = shown;
  const { name } = plan;
  const open = useSignal<"submit" | "approve" | "reject" | null>(null);
  const number = name.split("/").at(-1) ?? "";
  const title = tr("Plan {number}", { number });
  const close = () => (open.value = null);
  const own = plan.creator === actor() || plan.submitter === actor();
  const told = (state: PlanState) => tr("{plan} is now: {state}.", { plan: title, state: term(PlanStateSchema, state) });
  const moves = (after: PlanState) => <p>{term(PlanStateSchema, plan.state)} → <strong>{term(PlanStateSchema, after)}</strong></p>;
  return (
    <header class="stack">
      <div class="row">
        <h1>{title}</h1> <Pill tone={toneOfPlan(plan.state)}>{term(PlanStateSchema, plan.state)}</Pill>
        <span class="grow" />
        <div class="row no-print">
          {plan.state === PlanState.DRAFT && <Allowed roles={[Role.PLANNER]} what={tr("Submit")}><button class="button main" type="button" onClick={() => (open.value = "submit")}>{tr("Submit")}</button></Allowed>}
          {plan.state === PlanState.SUBMITTED && (
            <Allowed roles={[Role.APPROVER]} what={tr("Approve or send back")}>
              <button class="button main" type="button" onClick={() => (open.value = "approve")}>{tr("Approve")}</button>
              <button class="button" type="button" onClick={() => (open.value = "reject")}>{tr("Send back")}</button>
            </Allowed>
          )}
        </div>
      </div>
      <dl class="counts">
        <div><dt>{tr("Planned")}</dt><dd><CountLink count={plan.plannedCount} to={`/${name}?show=placed`} of={tr("Planned")} /></dd></div>
        {plan.conditional.length > 0 && <div><dt>{tr("Not ready yet")}</dt><dd><CountLink count={plan.conditional.length} to={`/${name}?show=conditional`} of={tr("Not ready yet")} /></dd></div>}
        <div><dt>{tr("Left out")}</dt><dd><CountLink count={plan.leftCount} to={`/${name}?show=left`} of={tr("Left out")} /></dd></div>
        <div><dt>{tr("Blocked")}</dt><dd><CountLink count={plan.blockedCount} to={`/${name}?show=blocked`} of={tr("Blocked")} /></dd></div>
      </dl>
      <p class="small">
        {rich("Made by {who} at {time}.", { who: <bdi>{plan.creator}</bdi>, time: dayAndTime(plan.createTime) })}{" "}
        {plan.submitter && rich("Submitted by {who}.", { who: <bdi>{plan.submitter}</bdi> })}{" "}
        {plan.approver && rich("Decided by {who} at {time}: {remark}", { who: <bdi>{plan.approver}</bdi>, time: dayAndTime(plan.approveTime), remark: <bdi>{plan.remark || "–"}</bdi> })}
      </p>
      {plan.warnings.length > 0 && <div class="box warn"><h2>{tr("To know before it is approved")}</h2><ul class="bullets">{plan.warnings.map((warning) => <li key={warning.code} data-warning={warning.code}>{reasonText(warning)}</li>)}</ul></div>}
      <div class="row no-print">
        <span>{tr("Save as a file:")}</span>
        {forms.map((form) => <button key={form.end} class="button" type="button" onClick={() => void save(plan, form)}>{form.end.toUpperCase()}</button>)}
      </div>
      {open.value === "submit" && (
        <ActDialog title={tr("Submit {plan} for approval", { plan: title })} verb={tr("Submit")} onClose={close} remark={{ label: tr("Reason (may stay empty)"), field: "options.reason" }}
          act={async (options) => {
            const after = await client(PlanningService).submitPlan({ name, options });
            onDone();
            return told(after.state);
          }}>{moves(PlanState.SUBMITTED)}<Summary shown={shown} /></ActDialog>
      )}
      {open.value === "approve" && (
        <ActDialog title={tr("Approve {plan}", { plan: title })} verb={tr("Approve")} onClose={close} remark={{ label: tr("Remark"), field: "remark", required: true }}
          act={async (options, remark) => {
            const after = await client(PlanningService).approvePlan({ name, remark, options });
            onDone();
            return told(after.state);
          }}>
          {moves(PlanState.APPROVED)}<Summary shown={shown} />
          {own && <p class="small weak">{tr("You made or submitted it. Where four eyes are asked for, somebody else approves.")}</p>}
        </ActDialog>
      )}
      {open.value === "reject" && (
        <ActDialog title={tr("Send {plan} back", { plan: title })} verb={tr("Send back")} onClose={close} remark={{ label: tr("Remark"), field: "remark", required: true }}
          act={async (options, remark) => {
            const after = await client(PlanningService).rejectPlan({ name, remark, options });
            onDone();
            return told(after.state);
          }}>{moves(PlanState.REJECTED)}</ActDialog>
      )}
    </header>
  );
}
