import type { DepartmentMoves, PlanDifference, PlanMove } from "#gen/kirikae/v1/planning_service_pb";
import { Link } from "../../app/link";
import { figure, tr } from "../../words/sentence";
import { shortDay, slotName } from "../../words/time";

const fields = ["earlier", "later", "withinDay", "added", "dropped", "unchanged"] as const;

function wordOf(field: (typeof fields)[number]): string {
  return { earlier: tr("earlier"), later: tr("later"), withinDay: tr("same day, other slot or team"), added: tr("added"), dropped: tr("dropped"), unchanged: tr("unchanged") }[field];
}

function placeOf(slot: PlanMove["before"]): string {
  return slot === undefined ? "–" : `${shortDay(slot.day)} ${slotName(slot.slot)} ${slot.team}`;
}

function Counts({ moves, name }: { moves: DepartmentMoves; name: string }) {
  return <tr><th scope="row" class="plain"><bdi>{name}</bdi></th>{fields.map((field) => <td key={field} class="number">{figure(moves[field])}</td>)}</tr>;
}

/** In one line: how many devices move from one plan to the other. */
export function movesInWords({ total }: PlanDifference): string {
  if (total === undefined) return "";
  return fields.filter((field) => total[field] > 0).map((field) => `${wordOf(field)} ${figure(total[field])}`).join(" · ");
}

/** What changes from one plan to another: counts by department, and each move. */
export function Difference({ difference }: { difference: PlanDifference }) {
  const { moves, departments, total } = difference;
  return (
    <div class="stack">
      <div class="scroller" tabIndex={0} role="group" aria-label={tr("Moves by department")}>
        <table>
          <thead><tr><th scope="col">{tr("Department")}</th>{fields.map((field) => <th key={field} scope="col" class="number head">{wordOf(field)}</th>)}</tr></thead>
          <tbody>
            {departments.filter((row) => fields.some((field) => field !== "unchanged" && row[field] > 0)).map((row) => <Counts key={row.department} moves={row} name={row.department} />)}
            {total && <Counts moves={total} name={tr("All")} />}
          </tbody>
        </table>
      </div>
      {moves.length > 0 ? (
        <details>
          <summary>{tr("Each move: {n}", { n: moves.length })}</summary>
          <div class="scroller tall" tabIndex={0} role="group" aria-label={tr("Moves")}>
            <table>
              <thead><tr><th scope="col">{tr("Tag")}</th><th scope="col">{tr("Department")}</th><th scope="col">{tr("Before")}</th><th scope="col">{tr("After")}</th></tr></thead>
              <tbody>{moves.map(({ item, department, before, after }) => (
                <tr key={item}><th scope="row"><Link to={`/devices/${encodeURIComponent(item)}`}><bdi>{item}</bdi></Link></th><td><bdi>{department}</bdi></td><td>{placeOf(before)}</td><td>{placeOf(after)}</td></tr>
              ))}</tbody>
            </table>
          </div>
        </details>
      ) : <p class="weak">{tr("No device moves.")}</p>}
    </div>
  );
}
