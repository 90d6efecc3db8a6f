import type { Plan } from "#gen/kirikae/v1/planning_service_pb";
import type { Rollout } from "#gen/kirikae/v1/rollout_service_pb";
import { percent } from "../../parts/percent";
import { figure, tr } from "../../words/sentence";
import { fullDay, shortDay } from "../../words/time";

/** The finish that a plan with a confidence promises, what it counts on and what it costs. */
export function Promised({ plan, rollout }: { plan: Plan; rollout: Rollout }) {
  const { promise } = plan;
  if (!promise) return null;
  return (
    <section class="box stack" aria-labelledby="promise" data-promised={promise.finish}>
      <h2 id="promise">{tr("Finish promised: {day}", { day: fullDay(promise.finish) || "–" })}</h2>
      <p>{tr("Asked: {asked} % of the futures. It holds in {held} of {runs} simulated ones.", { asked: promise.confidencePercent, held: percent(promise.heldShare), runs: promise.runs })}</p>
      <p>{tr("Without room for failures: {day}, which holds in {held}. The promise is {n} working days later.", { day: fullDay(promise.tightFinish), held: percent(promise.tightShare), n: promise.openDaysLater })}</p>
      <p>{promise.phasesHold ? tr("Held back: {share} of each slot, and {n} working days after each phase.", { share: percent(promise.reserve?.share ?? 0), n: promise.reserve?.days ?? 0 })
        : tr("Nothing is held back: more devices would be left out. Only the finish is promised.")}</p>
      <div class="scroller" tabIndex={0} role="group" aria-label={tr("Phase")}>
        <table>
          <thead><tr><th scope="col">{tr("Phase")}</th><th scope="col">{tr("Planned end")}</th><th scope="col">{tr("Promised by")}</th><th scope="col" class="number">{tr("Attempts")}</th><th scope="col" class="number">{tr("Expected to fail")}</th><th scope="col" class="number">{tr("Expected absent")}</th></tr></thead>
          <tbody>{promise.phases.map((phase) => (
            <tr key={phase.id}>
              <th scope="row"><bdi>{rollout.phases.find(({ id }) => id === phase.id)?.title || phase.id}</bdi></th>
              <td>{shortDay(phase.lastDay)}</td><td>{shortDay(phase.doneBy) || "–"}</td>
              <td class="number">{figure(phase.attempted)}</td><td class="number">{percent(phase.failedRate)}</td><td class="number">{percent(phase.absentRate)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {promise.phases.some(({ attempted }) => attempted === 0) && <p class="small weak">{tr("Nothing was attempted so far; the rates are assumed.")}</p>}
    </section>
  );
}
