import type { Forecast, Phase } from "#gen/kirikae/v1/rollout_service_pb";
import { figure, tr } from "../words/sentence";
import { shortDay } from "../words/time";
import { percent } from "./percent";

/** When each phase will be done: as planned, and by the forecast. */
export function ForecastTable({ forecast, phases }: { forecast: Forecast; phases: Phase[] }) {
  const rows = [...forecast.phases, ...(forecast.all ? [forecast.all] : [])];
  const nameOf = (id: string) => (id === "" ? tr("The whole rollout") : phases.find((phase) => phase.id === id)?.title || id);
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={tr("Forecast")}>
      <table class="forecast">
        <thead><tr>
          <th scope="col">{tr("Phase")}</th><th scope="col">{tr("Planned end")}</th><th scope="col">{tr("Half of the courses by")}</th><th scope="col">{tr("9 of 10 by")}</th>
          <th scope="col" class="number">{tr("Still to do")}</th><th scope="col" class="number">{tr("Expected to fail")}</th>
        </tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={row.id}>
            <th scope="row"><bdi>{nameOf(row.id)}</bdi></th><td>{shortDay(row.planned) || "–"}</td><td>{shortDay(row.half) || "–"}</td><td><strong>{shortDay(row.nineOfTen) || "–"}</strong></td>
            <td class="number">{row.remaining === undefined ? "–" : figure(row.remaining)}</td><td class="number">{row.id === "" || row.failedRate === undefined ? "–" : percent(row.failedRate)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
