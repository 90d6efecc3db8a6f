// A rollout's plans, newest first.
import { useSignal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Plan, PlanningService, PlanStateSchema } from "#gen/kirikae/v1/planning_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { go } from "../../app/router";
import type { View } from "../../app/view";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { CountLink } from "../../parts/count_link";
import { TextField } from "../../parts/field";
import { Pill } from "../../parts/pill";
import { toneOfPlan } from "../../parts/plan_tone";
import { Refusal } from "../../parts/refusal";
import { RolloutTabs } from "../../parts/rollout_tabs";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { tr } from "../../words/sentence";
import { term } from "../../words/terms";
import { dayAndTime } from "../../words/time";

function Row({ plan }: { plan: Plan }) {
  const number = plan.name.split("/").at(-1) ?? "";
  const to = `/${plan.name}`;
  const title = tr("Plan {number}", { number });
  return (
    <tr data-plan={number}>
      <th scope="row"><Link class="target" to={to}>{title}</Link></th>
      <td><Pill tone={toneOfPlan(plan.state)}>{term(PlanStateSchema, plan.state)}</Pill></td>
      <td class="number"><CountLink count={plan.plannedCount} to={`${to}?show=placed`} of={`${title} ${tr("Planned")}`} /></td>
      <td class="number"><CountLink count={plan.leftCount} to={`${to}?show=left`} of={`${title} ${tr("Left out")}`} /></td>
      <td class="number"><CountLink count={plan.blockedCount} to={`${to}?show=blocked`} of={`${title} ${tr("Blocked")}`} /></td>
      <td class="small"><bdi>{plan.creator}</bdi><br />{dayAndTime(plan.createTime)}</td>
      <td class="small">{plan.approver && <><bdi>{plan.approver}</bdi> {dayAndTime(plan.approveTime)}<br /><bdi>{plan.remark}</bdi></>}</td>
    </tr>
  );
}

function Plans({ parameters }: { parameters: Record<string, string> }) {
  const id = parameters.id ?? "";
  const parent = `rollouts/${id}`;
  const { value, failure, again } = useRead((signal) => client(PlanningService).listPlans({ parent }, { signal }), [parent]);
  const making = useSignal(false);
  const firstDay = useSignal("");
  const confidence = useSignal("");
  const plans = value?.plans;
  return (
    <div class="stack">
      <RolloutTabs id={id} />
      <div class="row">
        <h1 class="grow">{tr("Plans")}</h1>
        <Allowed roles={[Role.PLANNER]} what={tr("Make a plan")}><button class="button main" type="button" onClick={() => (making.value = true)}>{tr("Make a plan")}</button></Allowed>
      </div>
      <Refusal failure={failure} onRetry={again} />
      {plans === undefined && failure === null && <Waiting />}
      {plans?.length === 0 && <p class="box">{tr("There is no plan yet. A planner makes one, then submits it for approval.")}</p>}
      {plans !== undefined && plans.length > 0 && (
        <div class="scroller" tabIndex={0} role="group" aria-label={tr("Plans")}>
          <table>
            <thead><tr>
              <th scope="col">{tr("Plan")}</th><th scope="col">{tr("State")}</th><th scope="col" class="number">{tr("Planned")}</th><th scope="col" class="number">{tr("Left out")}</th>
              <th scope="col" class="number">{tr("Blocked")}</th><th scope="col">{tr("Made by")}</th><th scope="col">{tr("Decided by, remark")}</th>
            </tr></thead>
            <tbody>{plans.map((plan) => <Row key={plan.name} plan={plan} />)}</tbody>
          </table>
        </div>
      )}
      {making.value && (
        <ActDialog title={tr("Make a plan")} verb={tr("Make it")} onClose={() => (making.value = false)}
          act={async (options) => {
            const plan = await client(PlanningService).createPlan({ parent, firstDay: firstDay.value, confidencePercent: Number(confidence.value), options }, { timeoutMs: 120_000 });
            go(`/${plan.name}`);
            return tr("Plan {number} is made. Read it, then submit it.", { number: plan.name.split("/").at(-1) ?? "" });
          }}>
          <p>{tr("A new plan is made from the present inventory. Nothing is in force before it is approved.")}</p>
          <TextField label={tr("First day that may be used")} help={tr("Empty: the day after today.")} type="date" value={firstDay.value} onValue={(day) => (firstDay.value = day)} />
          <TextField label={tr("Finish promised: holds in % of the futures")} help={tr("1 to 99; leaves room for failures and absences. Empty: no promise.")} type="number" min="1" max="99" value={confidence.value} onValue={(value) => (confidence.value = value)} />
        </ActDialog>
      )}
    </div>
  );
}

export const view: View = { title: ({ id = "" }) => tr("Plans of {id}", { id }), Body: Plans };
