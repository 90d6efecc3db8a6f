// All that the view of a rollout shows, read from the service and kept fresh while it is watched.
import { Code, ConnectError } from "@connectrpc/connect";
import { type CalendarDay, CalendarService } from "#gen/kirikae/v1/calendar_service_pb";
import { type Forecast, type Progress, type Proposal, type Rollout, RolloutService, type Wave } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";

export interface Figures {
  rollout: Rollout;
  progress: Progress;
  /** null = there is no approved plan. */
  forecast: Forecast | null;
  waves: Wave[];
  /** The days of the months from the first to the last wave. */
  days: CalendarDay[];
  /** The one that awaits a decision. */
  proposal: Proposal | null;
}

/** Every wave of a rollout (`rollouts/face2025`). */
export async function wavesOf(name: string, signal: AbortSignal): Promise<Wave[]> {
  const waves: Wave[] = [];
  for (let pageToken = ""; ;) {
    const page = await client(RolloutService).listWaves({ parent: name, pageSize: 1000, pageToken }, { signal });
    waves.push(...page.waves);
    pageToken = page.nextPageToken;
    if (pageToken === "") return waves;
  }
}

/** The forecast; null where nothing is approved. */
export function forecastOf(name: string, signal: AbortSignal): Promise<Forecast | null> {
  return client(RolloutService).getForecast({ name }, { signal }).catch((thrown) => {
    if (ConnectError.from(thrown).code === Code.FailedPrecondition) return null;
    throw thrown;
  });
}

// The whole months of these waves; at most the 1,000 days that one call may ask for.
async function daysOf(waves: Wave[], signal: AbortSignal): Promise<CalendarDay[]> {
  const [first] = waves;
  const last = waves.at(-1);
  if (first === undefined || last === undefined) return [];
  const firstDay = `${first.day.slice(0, 7)}-01`;
  const lastMonth = new Date(last.day);
  const end = Math.min(Date.UTC(lastMonth.getUTCFullYear(), lastMonth.getUTCMonth() + 1, 0), Date.parse(firstDay) + 999 * 86_400_000);
  return (await client(CalendarService).listDays({ firstDay, lastDay: new Date(end).toISOString().slice(0, 10) }, { signal })).days;
}

export async function figuresOf(name: string, signal: AbortSignal): Promise<Figures> {
  const service = client(RolloutService);
  const [rollout, progress, forecast, waves] = await Promise.all([
    service.getRollout({ name }, { signal }), service.getProgress({ name }, { signal }), forecastOf(name, signal), wavesOf(name, signal),
  ]);
  const [days, proposal] = await Promise.all([
    daysOf(waves, signal), rollout.openProposal === "" ? null : service.getProposal({ name: rollout.openProposal }, { signal }),
  ]);
  return { rollout, progress, forecast, waves, days, proposal };
}
