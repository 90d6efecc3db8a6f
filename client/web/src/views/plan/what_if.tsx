import { create } from "@bufbuild/protobuf";
import { type Signal, useSignal } from "@preact/signals";
import { type Plan, type PlanChange, PlanChangeSchema, PlanningService, type PlanSimulation } from "#gen/kirikae/v1/planning_service_pb";
import type { Rollout } from "#gen/kirikae/v1/rollout_service_pb";
import { type Failure, failureOf } from "../../api/failure";
import { client } from "../../api/transport";
import { SelectField, TextField } from "../../parts/field";
import { Refusal } from "../../parts/refusal";
import { said } from "../../words/language";
import { figure, tr } from "../../words/sentence";
import { shortDay } from "../../words/time";
import { Difference } from "./difference";
import { reasonText } from "./words";

type Field = "phase" | "team" | "department" | "number" | "from" | "to";
type Values = Record<Field, string>;
type Made = NonNullable<Parameters<typeof create<typeof PlanChangeSchema>>[1]>["change"];

interface Kind {
  id: string;
  word: string;
  fields: Field[];
  /** Of the number. */
  unit?: string;
  make(values: Values): Made;
}

function kinds(): Kind[] {
  const days = tr("Open days");
  return [
    { id: "phaseDelay", word: tr("a phase begins later"), fields: ["phase", "number"], unit: days, make: ({ phase, number }) => ({ case: "phaseDelay", value: { phase, openDays: Number(number) } }) },
    { id: "gateDelay", word: tr("a gate fails and costs days"), fields: ["phase", "number"], unit: days, make: ({ phase, number }) => ({ case: "gateDelay", value: { phase, openDays: Number(number) } }) },
    { id: "deadline", word: tr("another deadline of a phase"), fields: ["phase", "to"], make: ({ phase, to }) => ({ case: "deadline", value: { phase, deadline: to } }) },
    { id: "teamAway", word: tr("a team is away"), fields: ["team", "from", "to"], make: ({ team, from, to }) => ({ case: "teamAway", value: { team, from, to } }) },
    { id: "raise", word: tr("a team has more minutes a slot"), fields: ["team", "number"], unit: tr("Minutes"), make: ({ team, number }) => ({ case: "raise", value: { team, addMinutes: Number(number) } }) },
    { id: "share", word: tr("another daily share of the departments"), fields: ["number"], unit: tr("Per cent"), make: ({ number }) => ({ case: "share", value: { share: Number(number) / 100 } }) },
    { id: "blackout", word: tr("days that must not be used"), fields: ["department", "from", "to"], make: ({ department, from, to }) => ({ case: "blackout", value: { department, from, to } }) },
    { id: "helpDeskLimit", word: tr("another limit of the help desk"), fields: ["number"], unit: tr("Tickets a day"), make: ({ number }) => ({ case: "helpDeskLimit", value: Number(number) }) },
    { id: "calendarLastDay", word: tr("the calendar goes on until later"), fields: ["to"], make: ({ to }) => ({ case: "calendarLastDay", value: to }) },
  ];
}

// A change in words: its kind and its values.
function wordsOf({ change }: PlanChange): string {
  const word = kinds().find(({ id }) => id === change.case)?.word ?? change.case ?? "";
  const { value } = change;
  const values = typeof value === "object" ? Object.entries(value).filter(([key, one]) => !key.startsWith("$") && ["string", "number"].includes(typeof one) && one !== "" && one !== 0).map(([, one]) => String(one)) : [String(value ?? "")];
  return `${word}: ${values.join(", ")}`;
}

function Result({ simulation }: { simulation: PlanSimulation }) {
  const { before, after, phases, difference, newlyLeft, freed } = simulation;
  return (
    <div class="stack" data-simulated>
      <p>{tr("Planned")}: {figure(before?.placements.length ?? 0)} → <strong>{figure(after?.placements.length ?? 0)}</strong> · {tr("Left out")}: {figure(before?.left.length ?? 0)} → <strong>{figure(after?.left.length ?? 0)}</strong></p>
      <div class="scroller" tabIndex={0} role="group" aria-label={tr("Dates of the phases")}>
        <table>
          <thead><tr><th scope="col">{tr("Phase")}</th><th scope="col">{tr("Before")}</th><th scope="col">{tr("After")}</th><th scope="col" class="number">{tr("Open days later")}</th></tr></thead>
          <tbody>{phases.map((phase) => (
            <tr key={phase.id}>
              <th scope="row"><bdi>{phase.id}</bdi></th><td>{shortDay(phase.firstDayBefore) || "–"} – {shortDay(phase.lastDayBefore) || "–"}</td>
              <td><strong>{shortDay(phase.firstDayAfter) || "–"} – {shortDay(phase.lastDayAfter) || "–"}</strong></td><td class="number">{phase.openDaysLater}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {newlyLeft.length > 0 && (
        <details>
          <summary>{tr("Newly left out: {n}", { n: newlyLeft.length })}</summary>
          <ul class="bullets">{newlyLeft.map(({ item, reasons }) => <li key={item}><bdi>{item}</bdi>: <bdi>{reasons.map(reasonText).join(" ")}</bdi></li>)}</ul>
        </details>
      )}
      {freed.length > 0 && <p class="small">{tr("Fixed devices that could not stay: {tags}", { tags: freed.join(", ") })}</p>}
      {difference && <Difference difference={difference} />}
    </div>
  );
}

type Props = { plan: Plan; rollout: Rollout; changes: Signal<PlanChange[]> };

/** What the plan would be under changes; writes nothing. */
export function WhatIf({ plan, rollout, changes }: Props) {
  const all = kinds();
  const chosen = useSignal("phaseDelay");
  const teams = [...new Set(plan.solution?.placements.map(({ team }) => team) ?? [])].sort();
  const values = useSignal<Values>({ phase: rollout.phases[0]?.id ?? "", team: teams[0] ?? "", department: "", number: "", from: "", to: "" });
  const result = useSignal<PlanSimulation | null>(null);
  const failure = useSignal<Failure | null>(null);
  const busy = useSignal(false);
  const kind = all.find(({ id }) => id === chosen.value);
  const set = (field: Field) => (value: string) => (values.value = { ...values.value, [field]: value });
  const add = (event: Event) => {
    event.preventDefault();
    if (kind) changes.value = [...changes.value, create(PlanChangeSchema, { change: kind.make(values.value) })];
    result.value = null;
  };
  const solve = async () => {
    if (busy.value) return;
    busy.value = true;
    failure.value = null;
    try {
      result.value = await client(PlanningService).simulatePlan({ name: plan.name, changes: changes.value }, { timeoutMs: 120_000 });
    } catch (thrown) {
      result.value = null;
      failure.value = failureOf(thrown);
    }
    busy.value = false;
  };
  // A refusal stands at the change that it is about: `changes[0].phase_delay.phase`.
  const faultsAt = (at: number) => failure.value?.fields.filter(({ field }) => field.startsWith(`changes[${at}]`)) ?? [];
  return (
    <section class="box stack no-print" aria-labelledby="what-if">
      <h2 id="what-if">{tr("What if?")}</h2>
      <p class="small weak">{tr("Solves the plan again under changes. Nothing is written.")}</p>
      <form class="ask" onSubmit={add}>
        <SelectField label={tr("Change")} value={chosen.value} onValue={(id) => (chosen.value = id)} options={all.map(({ id, word }) => ({ value: id, word }))} />
        {kind?.fields.map((field) => {
          if (field === "phase") return <SelectField key={field} label={tr("Phase")} value={values.value.phase} onValue={set(field)} options={rollout.phases.map(({ id, title }) => ({ value: id, word: title || id }))} />;
          if (field === "team") return <SelectField key={field} label={tr("Team")} value={values.value.team} onValue={set(field)} options={teams.map((team) => ({ value: team, word: team }))} />;
          if (field === "department") return <TextField key={field} label={tr("Department")} help={tr("Empty: all.")} value={values.value.department} onValue={set(field)} />;
          if (field === "number") return <TextField key={field} label={kind.unit ?? ""} type="number" min="0" required value={values.value.number} onValue={set(field)} />;
          return <TextField key={field} label={field === "from" ? tr("First day") : tr("Last day")} type="date" required value={values.value[field]} onValue={set(field)} />;
        })}
        <button class="button" type="submit">{tr("Add the change")}</button>
      </form>
      {changes.value.length > 0 && (
        <>
          <ol class="stack">{changes.value.map((change, at) => (
            <li key={at} class="row">
              <span class="grow"><bdi>{wordsOf(change)}</bdi>{faultsAt(at).map(({ field, text }) => <span key={field} class="fault"> {said(text)}</span>)}</span>
              <button class="button plain" type="button" onClick={() => (changes.value = changes.value.filter((_, other) => other !== at))}>{tr("Take out")}</button>
            </li>
          ))}</ol>
          <p><button class="button main" type="button" aria-disabled={busy.value} onClick={() => void solve()}>{busy.value ? tr("Solving…") : tr("Solve it so")}</button></p>
        </>
      )}
      <Refusal failure={failure.value} shown={changes.value.flatMap((_, at) => faultsAt(at).map(({ field }) => field))} />
      {result.value && <Result simulation={result.value} />}
    </section>
  );
}
