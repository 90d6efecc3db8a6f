// A plan: its dates, what it leaves out and why, how it differs from the one in force, and what is decided about it.
import { useSignal } from "@preact/signals";
import type { PlanChange } from "#gen/kirikae/v1/planning_service_pb";
import { query } from "../../app/router";
import type { View } from "../../app/view";
import { Refusal } from "../../parts/refusal";
import { RolloutTabs } from "../../parts/rollout_tabs";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { tr } from "../../words/sentence";
import { Departments } from "./departments";
import { Difference } from "./difference";
import { Explain } from "./explain";
import { Header } from "./header";
import { LeftOut } from "./left_out";
import { PhaseDates } from "./phase_dates";
import { Promised } from "./promise";
import { devicesOf, readPlan, type Shown } from "./read";
import { Rows } from "./rows";
import { WhatIf } from "./what_if";
import "./plan.css";

function Body({ shown, onDone }: { shown: Shown; onDone: () => void }) {
  const { plan, rollout, difference, from } = shown;
  const changes = useSignal<PlanChange[]>([]);
  const devices = useRead((signal) => devicesOf(rollout.scope, signal), [rollout.scope]);
  const tryThem = (more: PlanChange[]) => {
    changes.value = more;
    document.getElementById("what-if")?.scrollIntoView();
  };
  return (
    <>
      <Header shown={shown} onDone={onDone} />
      {query.value.has("show") && devices.value && <Rows plan={plan} devices={devices.value} />}
      <div class="pair">
        <section class="box stack" aria-labelledby="phase-dates"><h2 id="phase-dates">{tr("Dates of the phases")}</h2><PhaseDates plan={plan} rollout={rollout} /></section>
        <section class="box stack" aria-labelledby="difference">
          <h2 id="difference">{from === plan.replaces && rollout.approvedPlan === plan.name ? tr("Difference from the plan that it replaced") : tr("Difference from the plan in force")}</h2>
          {difference ? <Difference difference={difference} /> : <p class="weak">{tr("There is no other plan to compare with.")}</p>}
        </section>
        <Promised plan={plan} rollout={rollout} />
        <LeftOut plan={plan} onTry={tryThem} />
        <Explain name={plan.name} />
      </div>
      <Refusal failure={devices.failure} onRetry={devices.again} />
      {devices.value ? <Departments plan={plan} devices={devices.value} /> : devices.failure === null && <Waiting />}
      <WhatIf plan={plan} rollout={rollout} changes={changes} />
    </>
  );
}

function PlanView({ parameters }: { parameters: Record<string, string> }) {
  const { id = "", number = "" } = parameters;
  const name = `rollouts/${id}/plans/${number}`;
  const { value, failure, again } = useRead((signal) => readPlan(name, signal), [name]);
  return (
    <div class="stack">
      <RolloutTabs id={id} />
      <Refusal failure={failure} onRetry={again} />
      {value === undefined && <><h1>{tr("Plan {number}", { number })}</h1>{failure === null && <Waiting />}</>}
      {value && <Body shown={value} onDone={again} />}
    </div>
  );
}

export const view: View = { title: ({ number = "" }) => tr("Plan {number}", { number }), Body: PlanView };
