import type { Plan } from "#gen/kirikae/v1/planning_service_pb";
import type { Rollout } from "#gen/kirikae/v1/rollout_service_pb";
import { tr } from "../../words/sentence";
import { shortDay } from "../../words/time";
import { boundWord } from "./words";

/** Each phase's dates, and what keeps it from ending earlier. */
export function PhaseDates({ plan, rollout }: { plan: Plan; rollout: Rollout }) {
  const readyOnly = new Map(plan.finishes.map((finish) => [finish.phase, finish.lastDayWhenReadyOnly]));
  return (
    <div class="scroller phase-dates" tabIndex={0}>
      <table>
        <thead><tr><th scope="col">{tr("Phase")}</th><th scope="col">{tr("First day")}</th><th scope="col">{tr("Last day")}</th>{readyOnly.size > 0 && <th scope="col">{tr("Last day with only the ready devices")}</th>}<th scope="col">{tr("Can't end before")}</th><th scope="col">{tr("because of")}</th></tr></thead>
        <tbody>{plan.solution?.phases.map((phase) => (
          <tr key={phase.id}>
            <th scope="row"><bdi>{rollout.phases.find(({ id }) => id === phase.id)?.title || phase.id}</bdi></th>
            <td>{shortDay(phase.firstDay) || "–"}</td><td><strong>{shortDay(phase.lastDay) || "–"}</strong></td>{readyOnly.size > 0 && <td data-ready-only={readyOnly.get(phase.id)}>{shortDay(readyOnly.get(phase.id) ?? "") || "–"}</td>}<td>{shortDay(phase.lastDayBound) || "–"}</td><td>{boundWord(phase.boundBy)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
