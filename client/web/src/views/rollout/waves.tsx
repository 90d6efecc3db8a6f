import { type CalendarDay, DayCauseSchema } from "#gen/kirikae/v1/calendar_service_pb";
import { type Blackout, type Rollout, type Wave, WaveState } from "#gen/kirikae/v1/rollout_service_pb";
import { query, setQuery } from "../../app/router";
import { figure, tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { fullDay, monthAndYear, shortDay, weekdays } from "../../words/time";

interface Cell {
  day: string;
  office: CalendarDay | undefined;
  waves: Wave[];
  /** What keeps the rollout, or a part of it, from the day. */
  blackouts: Blackout[];
  /** Whether the rollout's own rules open the day, or close it; absent = they say nothing. */
  own: "open" | "closed" | undefined;
}

// Where a blackout holds, in words.
function placeOf({ department, site, phase }: Blackout): string {
  return [department, site, phase].filter(Boolean).join(", ") || tr("everywhere");
}

// The weeks of a month, Monday first; null = a day of another month.
function weeksOf(month: string, days: Map<string, CalendarDay>, waves: Map<string, Wave[]>, rules: Rollout): (Cell | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells: (Cell | null)[] = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => null);
  for (let at = 1; at <= count; ++at) {
    const day = `${month}-${String(at).padStart(2, "0")}`;
    const own = rules.openDays.includes(day) ? "open" : rules.closedDays.includes(day) ? "closed" : undefined;
    cells.push({ day, office: days.get(day), waves: waves.get(day) ?? [], blackouts: rules.blackouts.filter(({ from, to }) => from <= day && day <= to), own });
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
  const { day, office, waves, blackouts, own } = cell;
  const running = waves.filter(({ state }) => state !== WaveState.CANCELLED);
  const closed = own === undefined ? office !== undefined && !office.open : own === "closed";
  const why = own === "open" ? tr("works") : own === "closed" ? tr("does not work") : (office?.holiday || office?.reason) ?? "";
  const done = sum(running, ({ migrated }) => migrated);
  const total = sum(running, (wave) => wave.total);
  const classes = [closed ? "closed" : "", blackouts.length > 0 ? "blackout" : "", day === today ? "today" : "", query.value.get("day") === day ? "chosen" : ""].filter(Boolean).join(" ");
  return (
    <td class={classes} aria-current={day === today ? "date" : undefined}>
      <span class="date">{Number(day.slice(8))}</span>
      {why ? <span class="why"><bdi>{why}</bdi></span> : closed && office && <span class="away">{term(DayCauseSchema, office.cause)}</span>}
      {blackouts.map((one, at) => <span key={at} class="away" data-blackout={placeOf(one)}><bdi>{placeOf(one)}</bdi> {tr("not")}{one.why && <>: <bdi>{one.why}</bdi></>}</span>)}
      {running.length > 0 && (
        <button class={`waves ${markOf(running)}`} type="button" data-day={day}
          onClick={() => setQuery({ day }, true)}>
          {figure(done)}/{figure(total)}<span class="away">{`: ${fullDay(day)}, ${trn("one wave", "{n} waves", running.length)}, ${tr("{done} of {total} switched", { done, total })}`}</span>
        </button>
      )}
    </td>
  );
}

// The days of a month on which something may not be switched, in words: the cells are only hatched.
function Blackouts({ month, of }: { month: string; of: Blackout[] }) {
  const own = of.filter(({ from, to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7));
  if (own.length === 0) return null;
  return (
    <ul class="small" data-blackouts={month}>
      {own.map((one, at) => <li key={at}>{shortDay(one.from)}{one.to !== one.from && <> – {shortDay(one.to)}</>}: <bdi>{placeOf(one)}</bdi> {tr("not")}{one.why && <>: <bdi>{one.why}</bdi></>}</li>)}
    </ul>
  );
}

// Every month from the first wave to the last one.
function monthsOf(waves: Wave[]): string[] {
  const days = waves.map(({ day }) => day).sort();
  const months: string[] = [];
  const last = days.at(-1)?.slice(0, 7) ?? "";
  for (let month = days[0]?.slice(0, 7) ?? ""; month !== "" && month <= last; ) {
    months.push(month);
    const [year = 0, number = 0] = month.split("-").map(Number);
    month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
  }
  return months;
}

type Props = { rollout: Rollout; waves: Wave[]; days: CalendarDay[]; today: string };

/** The waves by day, with the days on which the office is closed or the rollout may not switch; a day leads to its waves. */
export function WaveCalendar({ rollout, waves, days, today }: Props) {
  const byDay = new Map<string, Wave[]>();
  for (const wave of waves) byDay.set(wave.day, [...(byDay.get(wave.day) ?? []), wave]);
  const office = new Map(days.map((day) => [day.day, day]));
  return (
    <section class="box stack" aria-labelledby="calendar">
      <h2 id="calendar">{tr("Waves by day")}</h2>
      {waves.length === 0 && <p class="weak">{tr("No plan is approved, so there are no waves yet.")}</p>}
      {waves.length > 0 && <p class="small weak">{tr("Switched / planned devices of each day; grey: no work; hatched: some may not be switched. A day opens its waves.")}</p>}
      <div class="months">
        {monthsOf(waves).map((month) => (
          <div key={month}>
            <table class="month">
              <caption>{monthAndYear(`${month}-01`)}</caption>
              <thead><tr>{weekdays().map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
              <tbody>{weeksOf(month, office, byDay, rollout).map((week, at) => (
                <tr key={at}>{week.map((cell, index) => (cell === null ? <td key={index} class="outside" /> : <DayCell key={index} cell={cell} today={today} />))}</tr>
              ))}</tbody>
            </table>
            <Blackouts month={month} of={rollout.blackouts} />
          </div>
        ))}
      </div>
    </section>
  );
}
