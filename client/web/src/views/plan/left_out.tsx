import type { Plan, PlanChange, PlanRelaxation } from "#gen/kirikae/v1/planning_service_pb";
import { CountLink } from "../../parts/count_link";
import { said } from "../../words/language";
import { figure, tr } from "../../words/sentence";
import { leftRows } from "./left_groups";
import { blockerWord } from "./words";

const mostRows = 30;

interface Count {
  where?: string;
  text: string;
  count: number;
  to: string;
}

function blockedCounts(plan: Plan): Count[] {
  const counts = new Map<string, number>();
  for (const { codes } of plan.blocked) for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ text: blockerWord(code), count, to: `/${plan.name}?show=blocked&code=${encodeURIComponent(code)}` })).sort((a, b) => b.count - a.count);
}

function leftCounts(plan: Plan): Count[] {
  return leftRows(plan).map(({ department, why, text, items }) => ({
    where: department, text, count: items.length, to: `/${plan.name}?show=left&why=${encodeURIComponent(why)}&of=${encodeURIComponent(department)}`,
  }));
}

// Counts that lead to the devices; the largest first.
function Counts({ rows, of }: { rows: Count[]; of: string }) {
  const places = rows.some(({ where }) => where !== undefined);
  return (
    <div class="scroller tall" tabIndex={0} role="group" aria-label={of}>
      <table data-groups={rows.length}>
        <thead><tr>{places && <th scope="col">{tr("Department")}</th>}<th scope="col">{tr("Why")}</th><th scope="col" class="number">{tr("Number of devices")}</th></tr></thead>
        <tbody>{rows.slice(0, mostRows).map(({ where, text, count, to }) => (
          <tr key={to}>{places && <td><bdi>{where}</bdi></td>}<th scope="row" class="plain"><bdi>{text}</bdi></th><td class="number"><CountLink count={count} to={to} of={`${of} ${where ?? ""} ${text}`} /></td></tr>
        ))}</tbody>
      </table>
      {rows.length > mostRows && <p class="small weak">{tr("{n} more groups are not shown.", { n: rows.length - mostRows })}</p>}
    </div>
  );
}

type Try = { onTry: (changes: PlanChange[]) => void };

// A change, its effect, and a what-if of `changes`.
function Offer({ one, changes, onTry }: { one: PlanRelaxation; changes: PlanChange[] } & Try) {
  return (
    <li class="row">
      <span class="grow"><bdi>{said({ en: one.change, ja: one.changeJa || one.change })}</bdi>: <bdi>{said({ en: one.effect, ja: one.effectJa || one.effect })}</bdi></span>
      {changes.length > 0 && <button class="button no-print" type="button" onClick={() => onTry(changes)}>{tr("Try it")}</button>}
    </li>
  );
}


/** What is not planned, and why: counts that lead to the devices; what would help. */
export function LeftOut({ plan, onTry }: { plan: Plan } & Try) {
  const left = leftCounts(plan);
  const relaxations = plan.solution?.relaxations ?? [];
  const steps = plan.solution?.relaxationSteps ?? [];
  return (
    <section class="box stack" aria-labelledby="left-out">
      <h2 id="left-out">{tr("What is not planned, and why")}</h2>
      <h3>{tr("Left out: {n}", { n: plan.leftCount })}</h3>
      {left.length > 0 && <Counts rows={left} of={tr("Left out")} />}
      {plan.leftCount === 0 && <p class="weak">{tr("Every device that is not blocked has a date.")}</p>}
      {steps.length > 1 && (
        <>
          <h3>{tr("What places them, one change after the other")}</h3>
          <ol class="stack" data-steps={steps.length}>{steps.map((one, at) => <Offer key={one.change} one={one} changes={steps.slice(0, at + 1).flatMap(({ changes }) => changes)} onTry={onTry} />)}</ol>
        </>
      )}
      {relaxations.length > 0 && (
        <>
          <h3>{tr("What would help")}</h3>
          <ul class="stack">{relaxations.map((one) => <Offer key={one.change} one={one} changes={one.changes} onTry={onTry} />)}</ul>
        </>
      )}
      <h3>{tr("Blocked: {n}", { n: plan.blockedCount })}</h3>
      {plan.blockedCount > 0 ? (
        <>
          <Counts rows={blockedCounts(plan)} of={tr("Blocked")} />
          <p class="small weak">{tr("{n} devices are blocked; one with several reasons is counted under each.", { n: figure(plan.blockedCount) })}</p>
        </>
      ) : <p class="weak">{tr("No device is blocked.")}</p>}
    </section>
  );
}
