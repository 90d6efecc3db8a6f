// Done against plan, with the forecast's band: an SVG, and a table beside it.
import { nice, ticks } from "d3-array";
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { Forecast, Progress } from "#gen/kirikae/v1/rollout_service_pb";
import { figure, tr } from "../words/sentence";
import "./burn_up.css";
import { monthName, shortDay } from "../words/time";

interface Point {
  day: string;
  planned: number;
  done: number | null;
  band: { low: number; middle: number; high: number } | null;
}

/** A day a point, from the first to the last of plan, work and forecast. */
export function pointsOf(progress: Progress, forecast: Forecast | null): Point[] {
  const points = new Map<string, Point>();
  for (const { day, planned, done } of progress.burnUp) points.set(day, { day, planned, done: done < 0 ? null : done, band: null });
  const last = progress.burnUp.at(-1)?.planned ?? 0;
  for (const { day, low, middle, high } of forecast?.burnUp ?? []) {
    const point = points.get(day) ?? { day, planned: last, done: null, band: null };
    points.set(day, { ...point, band: { low, middle, high } });
  }
  return [...points.values()].sort((a, b) => a.day.localeCompare(b.day));
}

const height = 280;
const top = 12;
const bottom = 28;
const left = 44;
const right = 12;

function Chart({ points, total, today }: { points: Point[]; total: number; today: string }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(720);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) width.value = Math.round(entry.contentRect.width);
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const start = Date.parse(points[0]?.day ?? today);
  const span = Math.max(1, Date.parse(points.at(-1)?.day ?? today) - start);
  const most = nice(0, Math.max(1, total), 4)[1];
  const x = (day: string) => left + ((Date.parse(day) - start) / span) * (width.value - left - right);
  const y = (count: number) => top + (1 - count / most) * (height - top - bottom);
  const at = (day: string, count: number) => `${x(day).toFixed(1)},${y(count).toFixed(1)}`;
  const known = points.filter((one) => one.done !== null);
  const banded = points.filter((one) => one.band !== null);
  const band = [...banded.map(({ day, band }) => at(day, band?.high ?? 0)), ...[...banded].reverse().map(({ day, band }) => at(day, band?.low ?? 0))];
  const months = points.filter(({ day }) => day.endsWith("-01"));
  const marked = months.length > 1 ? months : [points[0], points.at(-1)].filter((one) => one !== undefined);
  // Not more words than there is room for.
  const step = Math.ceil(marked.length / Math.max(1, Math.floor(width.value / 70)));
  return (
    <div class="chart" ref={place}>
      <svg viewBox={`0 0 ${width.value} ${height}`} role="img" aria-label={tr("Done against plan")}>
        {ticks(0, most, 4).map((count) => (
          <g key={count}>
            <line class="grid" x1={left} x2={width.value - right} y1={y(count)} y2={y(count)} />
            <text x={left - 6} y={y(count) + 4} text-anchor="end">{figure(count)}</text>
          </g>
        ))}
        {marked.filter((_, index) => index % step === 0).map(({ day }) => (
          <g key={day}>
            <line class="grid" x1={x(day)} x2={x(day)} y1={height - bottom} y2={height - bottom + 5} />
            <text x={x(day)} y={height - 7} text-anchor={months.length > 1 ? "middle" : day === points[0]?.day ? "start" : "end"}>{months.length > 1 ? monthName(day) : shortDay(day)}</text>
          </g>
        ))}
        {band.length > 0 && <polygon class="band" points={band.join(" ")} />}
        {banded.length > 0 && <polyline class="middle" points={banded.map(({ day, band }) => at(day, band?.middle ?? 0)).join(" ")} />}
        <polyline class="planned" points={points.map(({ day, planned }) => at(day, planned)).join(" ")} />
        {known.length > 0 && <polyline class="done" points={known.map(({ day, done }) => at(day, done ?? 0)).join(" ")} />}
        {known.slice(-1).map(({ day, done }) => <circle key={day} class="now" cx={x(day)} cy={y(done ?? 0)} r="5" />)}
      </svg>
    </div>
  );
}

/** A stroke as it stands in the chart, for the words beside it. */
function Key({ of }: { of: "done" | "planned" | "band" | "middle" }) {
  return (
    <svg class="key" viewBox="0 0 32 12" aria-hidden="true">
      {of === "band" ? <rect class="band" x="1" y="1" width="30" height="10" /> : <line class={of} x1="1" x2="31" y1="6" y2="6" />}
    </svg>
  );
}

type Props = { progress: Progress; forecast: Forecast | null };

export function BurnUp({ progress, forecast }: Props) {
  const points = pointsOf(progress, forecast);
  const today = progress.time.slice(0, 10);
  if (points.length < 2) return <p class="weak">{tr("Nothing is planned yet.")}</p>;
  const changes = points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || point.planned !== before.planned || point.done !== before.done || point.band?.middle !== before.band?.middle;
  });
  const done = points.filter((one) => one.done !== null).at(-1)?.done ?? 0;
  return (
    <figure class="burn-up stack">
      <Chart points={points} total={Math.max(progress.total?.total ?? 0, ...points.map(({ planned }) => planned))} today={today} />
      <figcaption class="row small">
        <span><Key of="done" /> {tr("done: {n}", { n: done })}</span>
        <span><Key of="planned" /> {tr("as planned")}</span>
        {forecast && <span><Key of="band" /> {tr("forecast: 8 of 10 simulated courses lie in the band")}</span>}
        {forecast && <span><Key of="middle" /> {tr("its middle")}</span>}
      </figcaption>
      <details class="no-print">
        <summary>{tr("The same as a table")}</summary>
        <div class="scroller tall" tabIndex={0} role="group" aria-label={tr("Done against plan")}>
          <table>
            <thead><tr>
              <th scope="col">{tr("Day")}</th><th scope="col" class="number">{tr("Planned")}</th><th scope="col" class="number">{tr("Done")}</th>
              {forecast && <th scope="col" class="number">{tr("Forecast, low – middle – high")}</th>}
            </tr></thead>
            <tbody>{changes.map(({ day, planned, done: so, band }) => (
              <tr key={day}>
                <th scope="row">{shortDay(day)}</th><td class="number">{figure(planned)}</td><td class="number">{so === null ? "–" : figure(so)}</td>
                {forecast && <td class="number">{band ? `${figure(band.low)} – ${figure(band.middle)} – ${figure(band.high)}` : "–"}</td>}
              </tr>
            ))}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
