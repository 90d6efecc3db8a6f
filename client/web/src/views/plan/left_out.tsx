import type { Plan, PlanChange } from "#gen/kirikae/v1/planning_service_pb";
import { CountLink } from "../../parts/count_link";
import { said } from "../../words/language";
import { figure, tr } from "../../words/sentence";
import { blockerWord, reasonText } from "./words";

interface Group {
  code: string;
  text: string;
  count: number;
}

/** The devices left out, by their first reason. */
export function leftGroups(plan: Plan): Group[] {
  const groups = new Map<string, Group>();
  for (const { reasons } of plan.solution?.left ?? []) {
    const [first] = reasons;
    const code = first?.code ?? "";
    const group = groups.get(code) ?? { code, text: first ? reasonText(first) : "", count: 0 };
    groups.set(code, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function blockedGroups(plan: Plan): Group[] {
  const counts = new Map<string, number>();
  for (const { codes } of plan.blocked) for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, text: blockerWord(code), count })).sort((a, b) => b.count - a.count);
}

function Groups({ groups, to, of }: { groups: Group[]; to: (code: string) => string; of: string }) {
  return (
    <table>
      <thead><tr><th scope="col">{tr("Why")}</th><th scope="col" class="number">{tr("Number of devices")}</th></tr></thead>
      <tbody>{groups.map(({ code, text, count }) => (
        <tr key={code}><th scope="row" class="plain"><bdi>{text || code}</bdi></th><td class="number"><CountLink count={count} to={to(code)} of={`${of} ${text || code}`} /></td></tr>
      ))}</tbody>
    </table>
  );
}

type Props = { plan: Plan; onTry: (changes: PlanChange[]) => void };

/** What is not planned, and why: counts that lead to the devices; what would help. */
export function LeftOut({ plan, onTry }: Props) {
  const base = `/${plan.name}`;
  const left = leftGroups(plan);
  const relaxations = plan.solution?.relaxations ?? [];
  return (
    <section class="box stack" aria-labelledby="left-out">
      <h2 id="left-out">{tr("What is not planned, and why")}</h2>
      <h3>{tr("Left out: {n}", { n: plan.leftCount })}</h3>
      {left.length > 0 ? <Groups groups={left} of={tr("Left out")} to={(code) => `${base}?show=left&code=${encodeURIComponent(code)}`} /> : <p class="weak">{tr("Every device that is not blocked has a date.")}</p>}
      {relaxations.length > 0 && (
        <>
          <h3>{tr("What would help")}</h3>
          <ul class="stack">{relaxations.map((one) => (
            <li key={one.change} class="row">
              <span class="grow"><bdi>{said({ en: one.change, ja: one.changeJa || one.change })}</bdi>: <bdi>{said({ en: one.effect, ja: one.effectJa || one.effect })}</bdi></span>
              {one.changes.length > 0 && <button class="button no-print" type="button" onClick={() => onTry(one.changes)}>{tr("Try it")}</button>}
            </li>
          ))}</ul>
        </>
      )}
      <h3>{tr("Blocked: {n}", { n: plan.blockedCount })}</h3>
      {plan.blockedCount > 0 ? (
        <>
          <Groups groups={blockedGroups(plan)} of={tr("Blocked")} to={(code) => `${base}?show=blocked&code=${encodeURIComponent(code)}`} />
          <p class="small weak">{tr("{n} devices are blocked; one with several reasons is counted under each.", { n: figure(plan.blockedCount) })}</p>
        </>
      ) : <p class="weak">{tr("No device is blocked.")}</p>}
    </section>
  );
}
