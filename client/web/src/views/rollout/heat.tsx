import type { ProgressRow, Rollout } from "#gen/kirikae/v1/rollout_service_pb";
import { PlacementState, PlacementStateSchema } from "#gen/kirikae/v1/types_pb";
import { query, setQuery } from "../../app/router";
import { CountLink } from "../../parts/count_link";
import { devicesWhere, quoted } from "../../parts/device_rows";
import { percent } from "../../parts/percent";
import { figure, tr } from "../../words/sentence";
import { term } from "../../words/terms";

const states = [
  { state: PlacementState.UNPLANNED, field: "unplanned" }, { state: PlacementState.PLANNED, field: "planned" }, { state: PlacementState.DUE, field: "due" },
  { state: PlacementState.MIGRATED, field: "migrated" }, { state: PlacementState.VERIFIED, field: "verified" }, { state: PlacementState.FAILED, field: "failed" },
  { state: PlacementState.ROLLED_BACK, field: "rolledBack" }, { state: PlacementState.DEFERRED, field: "deferred" }, { state: PlacementState.EXEMPT, field: "exempt" },
] as const;

type Counts = Record<(typeof states)[number]["field"] | "total" | "succeeded", number>;
type Of = "departments" | "divisions" | "sites" | "teams";

function add(sum: Counts | undefined, row: ProgressRow): Counts {
  const counts = sum ?? { unplanned: 0, planned: 0, due: 0, migrated: 0, verified: 0, failed: 0, rolledBack: 0, deferred: 0, exempt: 0, total: 0, succeeded: 0 };
  for (const field of Object.keys(counts) as (keyof Counts)[]) counts[field] += row[field];
  return counts;
}

// The rows under their own names; divisions are the first parts of the departments' paths.
function grouped(rows: ProgressRow[], of: Of): [string, Counts][] {
  const groups = new Map<string, Counts>();
  for (const row of rows) {
    const id = of === "divisions" ? (row.id.split("/")[0] ?? "") : row.id;
    groups.set(id, add(groups.get(id), row));
  }
  return [...groups];
}

// How dark a cell is, 0 to 4: by the share of the row's devices.
function shade(count: number, total: number): number {
  return count === 0 || total === 0 ? 0 : Math.min(4, Math.ceil((count / total) * 4));
}

type Props = { rollout: Rollout; departments: ProgressRow[]; sites: ProgressRow[]; teams: ProgressRow[] };

/** Devices by department and state: figures, each leading to its devices; the shade only repeats their share. */
export function Heat({ rollout, departments, sites, teams }: Props) {
  const asked = query.value.get("by");
  const of: Of = asked === "departments" || asked === "sites" || asked === "teams" ? asked : "divisions";
  const rows = grouped(of === "sites" ? sites : of === "teams" ? teams : departments, of);
  const id = quoted(rollout.name.replace("rollouts/", ""));
  const scope = rollout.scope ? `(${rollout.scope})` : "";
  const conditionOf = (name: string) => (of === "sites" ? `site = ${quoted(name)}` : of === "teams" ? `placement.team = ${quoted(name)}` : of === "divisions" ? `department : ${quoted(name)}` : `department = ${quoted(name)}`);
  const to = (name: string, state: PlacementState) => {
    // A device without a placement is unplanned too.
    if (state !== PlacementState.UNPLANNED) return devicesWhere(conditionOf(name), `placement.rollout = ${id}`, `placement.state = ${PlacementState[state]}`);
    const unplanned = `(NOT placement.rollout = ${id} OR placement.state = UNPLANNED)`;
    return devicesWhere(conditionOf(name), scope, unplanned);
  };
  const used = states.filter(({ field }) => rows.some(([, counts]) => counts[field] > 0));
  const tabs: { of: Of; word: string }[] = [
    { of: "divisions", word: tr("Division") }, { of: "departments", word: tr("Section") }, { of: "sites", word: tr("Site") }, { of: "teams", word: tr("Team") },
  ];
  const title = tr("Devices by {by} and state", { by: tabs.find((tab) => tab.of === of)?.word ?? "" });
  return (
    <section class="box stack" aria-labelledby="heat">
      <div class="row">
        <h2 id="heat" class="grow">{title}</h2>
        <div class="row no-print" role="group" aria-label={tr("Rows")}>
          {tabs.map((tab) => <button key={tab.of} class="button plain" type="button" aria-pressed={tab.of === of} onClick={() => setQuery({ by: tab.of === "divisions" ? "" : tab.of })}>{tab.word}</button>)}
        </div>
      </div>
      <div class="scroller" tabIndex={0} role="group" aria-label={title}>
        <table class="heat">
          <thead><tr>
            <th scope="col">{tabs.find((tab) => tab.of === of)?.word}</th>
            {used.map(({ state }) => <th key={state} scope="col" class="number">{term(PlacementStateSchema, state)}</th>)}
            <th scope="col" class="number">{of === "teams" ? tr("Assigned") : tr("All")}</th><th scope="col" class="number">{tr("Done")}</th>
          </tr></thead>
          <tbody>{rows.map(([name, counts]) => (
            <tr key={name}>
              <th scope="row"><bdi>{name || tr("(none)")}</bdi></th>
              {used.map(({ state, field }) => (
                <td key={state} class={`number heat-${shade(counts[field], counts.total)}`}><CountLink count={counts[field]} to={to(name, state)} of={`${name} ${term(PlacementStateSchema, state)}`} /></td>
              ))}
              <td class="number">{figure(counts.total)}</td>
              <td class="number">{counts.total > 0 ? percent(counts.succeeded / counts.total) : "–"}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}
