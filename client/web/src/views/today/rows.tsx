// The list in walking order.
import { MarkOutcome } from "#gen/kirikae/v1/migration_service_pb";
import { PlacementState } from "#gen/kirikae/v1/types_pb";
import { mayMark } from "../../api/session";
import { waiting } from "../../api/outbox";
import { Link } from "../../app/link";
import { People } from "../../parts/people";
import { Pill } from "../../parts/pill";
import { PlacementPill } from "../../parts/placement_pill";
import { said } from "../../words/language";
import { tr, trn } from "../../words/sentence";
import { shortDay, slotName } from "../../words/time";
import { type Row, shownRows } from "./due";
import { acts, mark, outcome } from "./marks";
import { outcomeWord } from "./words";

const finished = new Set([PlacementState.MIGRATED, PlacementState.VERIFIED]);

function Device({ row }: { row: Row }) {
  const { due, tag, state } = row;
  const isDone = finished.has(state);
  const waits = waiting.value.some(({ about }) => about === tag);
  const act = acts.value.find((one) => one.tag === tag && one.standing === "done");
  return (
    <li class="device" data-row={tag} data-state={PlacementState[state]}>
      <div class="name"><Link class="tag" to={`/devices/${encodeURIComponent(tag)}`}><bdi>{tag}</bdi></Link><br /><People users={due.device?.users ?? []} /></div>
      <div class="small weak"><bdi>{due.device?.department}</bdi><br />{[shortDay(due.day), slotName(due.slot)].filter(Boolean).join(" ")} {due.team && <bdi>{tr("team {team}", { team: due.team })}</bdi>}</div>
      <div class="row">
        {waits ? <Pill tone="wait">{tr("not sent")}</Pill> : <PlacementPill state={state} cause={act?.cause} />}
        {due.overdue && !isDone && <Pill tone="bad">{tr("overdue")}</Pill>}
        {due.exceptionEnds && <Pill tone="warn">{tr("exception ends")}</Pill>}
        {!isDone && due.blockers.map((blocker) => <Pill key={blocker.code} tone="warn">{said(blocker.text)}</Pill>)}
      </div>
      {mayMark() && !waits && !due.exceptionEnds && !(isDone && outcome.value === MarkOutcome.MIGRATED) && (
        <div class="act"><button class="button" type="button" aria-label={tr("{tag}: mark as {what}", { tag, what: outcomeWord(outcome.value) })} onClick={() => mark(tag)}>{outcomeWord(outcome.value)}</button></div>
      )}
    </li>
  );
}

/** The rows under their site and floor. */
export function Rows() {
  const floors = new Map<string, Row[]>();
  for (const row of shownRows.value) {
    const place = [row.due.device?.site, row.due.device?.floor].filter(Boolean).join(" ");
    floors.set(place, [...(floors.get(place) ?? []), row]);
  }
  return (
    <div class="floors stack">
      {[...floors].map(([place, rows]) => (
        <section key={place} class="box">
          <h2><bdi>{place || tr("no place")}</bdi> <span class="small weak">{trn("{n} device", "{n} devices", rows.length)}</span></h2>
          <ul>{rows.map((row) => <Device key={row.tag} row={row} />)}</ul>
        </section>
      ))}
    </div>
  );
}
