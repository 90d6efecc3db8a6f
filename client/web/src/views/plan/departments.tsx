import type { Device } from "#gen/kirikae/v1/inventory_service_pb";
import type { Plan } from "#gen/kirikae/v1/planning_service_pb";
import { CountLink } from "../../parts/count_link";
import { figure, tr } from "../../words/sentence";
import { shortDay } from "../../words/time";

interface Row {
  department: string;
  first: string;
  last: string;
  days: Map<string, number>;
  placed: number;
  not: number;
}

/** The plan by department, in the order of their paths; "" = of a device that is no longer in the scope. */
function rowsOf(plan: Plan, devices: Map<string, Device>): Row[] {
  const rows = new Map<string, Row>();
  const of = (tag: string) => {
    const department = devices.get(tag)?.department ?? "";
    const row = rows.get(department) ?? { department, first: "", last: "", days: new Map(), placed: 0, not: 0 };
    rows.set(department, row);
    return row;
  };
  for (const { item, day } of plan.solution?.placements ?? []) {
    const row = of(item);
    row.placed += 1;
    row.days.set(day, (row.days.get(day) ?? 0) + 1);
    if (row.first === "" || day < row.first) row.first = day;
    if (day > row.last) row.last = day;
  }
  for (const { item } of plan.solution?.left ?? []) of(item).not += 1;
  for (const { assetTag } of plan.blocked) of(assetTag).not += 1;
  return [...rows.values()].sort((a, b) => a.department.localeCompare(b.department, "ja"));
}

// When a department's devices are switched: a mark a day, as tall as the day's share.
function Line({ row, first, last }: { row: Row; first: number; last: number }) {
  const span = Math.max(1, last - first);
  const most = Math.max(1, ...row.days.values());
  return (
    <svg class="dates" viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="200" y1="19.5" y2="19.5" />
      {[...row.days].map(([day, count]) => {
        const height = 4 + (count / most) * 14;
        return <rect key={day} x={((Date.parse(day) - first) / span) * 196} y={19 - height} width="3.5" height={height} />;
      })}
    </svg>
  );
}

/** Dates by department; each number leads to its devices. */
export function Departments({ plan, devices }: { plan: Plan; devices: Map<string, Device> }) {
  const rows = rowsOf(plan, devices);
  const days = rows.flatMap(({ first, last }) => [first, last]).filter(Boolean).sort();
  const first = Date.parse(days[0] ?? "");
  const last = Date.parse(days.at(-1) ?? "");
  const to = (show: string, department: string) => `/${plan.name}?${new URLSearchParams({ show, department })}`;
  return (
    <section class="box stack" aria-labelledby="departments">
      <h2 id="departments">{tr("Dates by department")}</h2>
      <div class="scroller" tabIndex={0} role="group" aria-label={tr("Dates by department")}>
        <table>
          <thead><tr>
            <th scope="col">{tr("Department")}</th><th scope="col">{tr("First day")}</th><th scope="col">{tr("Last day")}</th>
            <th scope="col" class="line">{days.length > 0 ? `${shortDay(days[0] ?? "")} – ${shortDay(days.at(-1) ?? "")}` : ""}</th>
            <th scope="col" class="number">{tr("Days")}</th><th scope="col" class="number">{tr("Planned")}</th><th scope="col" class="number">{tr("Not planned")}</th>
          </tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.department}>
              <th scope="row" class="plain"><bdi>{row.department || tr("(no longer in the scope)")}</bdi></th>
              <td class="nowrap">{shortDay(row.first) || "–"}</td><td class="nowrap">{shortDay(row.last) || "–"}</td>
              <td><Line row={row} first={first} last={last} /></td>
              <td class="number">{figure(row.days.size)}</td>
              <td class="number"><CountLink count={row.placed} to={to("placed", row.department)} of={`${row.department} ${tr("Planned")}`} /></td>
              <td class="number"><CountLink count={row.not} to={to("not", row.department)} of={`${row.department} ${tr("Not planned")}`} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}
