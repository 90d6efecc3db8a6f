import type { ProgressRow } from "#gen/kirikae/v1/rollout_service_pb";
import { PlacementState, PlacementStateSchema } from "#gen/kirikae/v1/types_pb";
import { percent } from "../../parts/percent";
import { figure, tr } from "../../words/sentence";
import { term } from "../../words/terms";

const columns = [
  ["unplanned", PlacementState.UNPLANNED], ["planned", PlacementState.PLANNED], ["due", PlacementState.DUE], ["migrated", PlacementState.MIGRATED], ["verified", PlacementState.VERIFIED],
  ["failed", PlacementState.FAILED], ["rolledBack", PlacementState.ROLLED_BACK], ["deferred", PlacementState.DEFERRED], ["exempt", PlacementState.EXEMPT],
] as const;

/** Devices by row and state, with their sum; states that no device has are left out. */
export function StateTable({ first, rows }: { first: string; rows: ProgressRow[] }) {
  const sum = (of: (row: ProgressRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const used = columns.filter(([field]) => rows.some((row) => row[field] > 0));
  const blocked = rows.some((row) => row.blocked > 0);
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={first}>
      <table class="states">
        <thead><tr>
          <th scope="col">{first}</th><th scope="col" class="number">{tr("Number of devices")}</th>
          {used.map(([field, state]) => <th key={field} scope="col" class="number">{term(PlacementStateSchema, state)}</th>)}
          {blocked && <th scope="col" class="number">{tr("blocked")}</th>}
          <th scope="col" class="number">{tr("Done")}</th>
        </tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={row.id}>
            <th scope="row"><bdi>{row.title || row.id || tr("(none)")}</bdi></th><td class="number">{figure(row.total)}</td>
            {used.map(([field]) => <td key={field} class="number">{figure(row[field])}</td>)}
            {blocked && <td class="number">{figure(row.blocked)}</td>}
            <td class="number">{row.total > 0 ? percent(row.succeeded / row.total) : "–"}</td>
          </tr>
        ))}</tbody>
        <tfoot><tr>
          <th scope="row">{tr("All")}</th><td class="number">{figure(sum((row) => row.total))}</td>
          {used.map(([field]) => <td key={field} class="number">{figure(sum((row) => row[field]))}</td>)}
          {blocked && <td class="number">{figure(sum((row) => row.blocked))}</td>}
          <td class="number">{percent(sum((row) => row.succeeded) / Math.max(1, sum((row) => row.total)))}</td>
        </tr></tfoot>
      </table>
    </div>
  );
}
