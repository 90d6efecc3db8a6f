import { type CalendarDay, DayCauseSchema } from "#gen/kirikae/v1/calendar_service_pb";
import { type Wave, WaveState } from "#gen/kirikae/v1/rollout_service_pb";
import { query, setQuery } from "../../app/router";
import { figure, tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { fullDay, monthAndYear, weekdays } from "../../words/time";

interface Cell {
  day: string;
  office: CalendarDay | undefined;
  waves: Wave[];
}

// The weeks of a month, Monday first; null = a day of another month.
function weeksOf(month: string, days: Map<string, CalendarDay>, waves: Map<string, Wave[]>): (Cell | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells: (Cell | null)[] = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => null);
  for (let at = 1; at <= count; ++at) {
    const day = `${month}-${String(at).padStart(2, "0")}`;
    cells.push({ day, office: days.get(day), waves: waves.get(day) ?? [] });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function sum(waves: Wave[], of: (wave: Wave) => number): number {
  return waves.reduce((total, wave) => total + of(wave), 0);
}

function markOf(waves: Wave[]): string {
  if (waves.every(({ state }) => state === WaveState.DONE)) return "good";
  if (waves.some(({ failed }) => failed > 0)) return "bad";
  return waves.some(({ state }) => state === WaveState.IN_PROGRESS) ? "wait" : "";
}

function DayCell({ cell, today }: { cell: Cell; today: string }) {
  const { day, office, waves } = cell;
  const running = waves.filter(({ state }) => state !== WaveState.CANCELLED);
  const closed = office !== undefined && !office.open;
  const done = sum(running, ({ migrated }) => migrated);
  const total = sum(running, (wave) => wave.total);
  const classes = [closed ? "closed" : "", day === today ? "today" : "", query.value.get("day") === day ? "chosen" : ""].filter(Boolean).join(" ");
  return (
    <td class={classes} aria-current={day === today ? "date" : undefined}>
      <span class="date">{Number(day.slice(8))}</span>
      {office && (office.holiday || office.reason) ? <span class="why"><bdi>{office.holiday || office.reason}</bdi></span> : closed && <span class="away">{term(DayCauseSchema, office.cause)}</span>}
      {running.length > 0 && (
        <button class={`waves ${markOf(running)}`} type="button" data-day={day}
          onClick={() => setQuery({ day }, true)}>
          {figure(done)}/{figure(total)}<span class="away">{`: ${fullDay(day)}, ${trn("one wave", "{n} waves", running.length)}, ${tr("{done} of {total} switched", { done, total })}`}</span>
        </button>
      )}
    </td>
  );
}

type Props = { waves: Wave[]; days: CalendarDay[]; today: string };

/** The waves by day, with the days on which the office is closed; a day leads to its waves. */
export function WaveCalendar({ waves, days, today }: Props) {
  const byDay = new Map<string, Wave[]>();
  for (const wave of waves) byDay.set(wave.day, [...(byDay.get(wave.day) ?? []), wave]);
  const office = new Map(days.map((day) => [day.day, day]));
  const months = [...new Set(waves.map(({ day }) => day.slice(0, 7)))].sort();
  return (
    <section class="box stack" aria-labelledby="calendar">
      <h2 id="calendar">{tr("Waves by day")}</h2>
      {waves.length === 0 && <p class="weak">{tr("No plan is approved, so there are no waves yet.")}</p>}
      {waves.length > 0 && <p class="small weak">{tr("Switched / planned devices of each day; grey: the office is closed. A day opens its waves.")}</p>}
      <div class="months">
        {months.map((month) => (
          <table key={month} class="month">
            <caption>{monthAndYear(`${month}-01`)}</caption>
            <thead><tr>{weekdays().map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
            <tbody>{weeksOf(month, office, byDay).map((week, at) => (
              <tr key={at}>{week.map((cell, index) => (cell === null ? <td key={index} class="outside" /> : <DayCell key={index} cell={cell} today={today} />))}</tr>
            ))}</tbody>
          </table>
        ))}
      </div>
    </section>
  );
}
