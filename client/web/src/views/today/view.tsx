// The day's work of a team, and its scanning.
import { useEffect } from "preact/hooks";
import { MarkOutcome } from "#gen/kirikae/v1/migration_service_pb";
import type { Wave } from "#gen/kirikae/v1/rollout_service_pb";
import { PlacementState } from "#gen/kirikae/v1/types_pb";
import { onLateAnswer, send, waiting } from "../../api/outbox";
import { sentenceOf } from "../../api/failure";
import { lostSince } from "../../api/connection";
import { mayMark } from "../../api/session";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { toast } from "../../parts/announcer";
import { SelectField } from "../../parts/field";
import { Refusal } from "../../parts/refusal";
import { Waiting } from "../../parts/waiting";
import { said } from "../../words/language";
import { tr, trn } from "../../words/sentence";
import { timeOfDay } from "../../words/time";
import { failure, follow, live, read, rows, shownRows, sites, teams, waves } from "./due";
import { Rows } from "./rows";
import { Scanner } from "./scanner";
import { Settings } from "./settings";
import { outcomeWord } from "./words";
import "./today.css";

function Filters() {
  const all = { value: "", word: tr("all") };
  const onlyFailed = query.value.has("failed");
  return (
    <div class="row filters">
      <SelectField label={tr("Team")} value={query.value.get("team") ?? ""} onValue={(team) => setQuery({ team }, true)} options={[all, ...teams.value.map((value) => ({ value, word: value }))]} />
      <SelectField label={tr("Site")} value={query.value.get("site") ?? ""} onValue={(site) => setQuery({ site }, true)} options={[all, ...sites.value.map((value) => ({ value, word: value }))]} />
      <button class="button" type="button" aria-pressed={onlyFailed} data-failed onClick={() => setQuery({ failed: onlyFailed ? "" : "1" }, true)}>{tr("Failures to try again")}</button>
    </div>
  );
}

function Figures() {
  // A wave is of one team, so the figures are of the team that is chosen; of sites the waves know nothing.
  const team = query.value.get("team") ?? "";
  const own = waves.value.filter((wave) => team === "" || wave.team === team);
  const sum = (of: (wave: Wave) => number) => own.reduce((all, wave) => all + of(wave), 0);
  const [total, done, failed] = [sum((wave) => wave.total), sum((wave) => wave.migrated), sum((wave) => wave.failed)];
  return (
    <div class="figures">
      <p><strong data-figures>{tr("{done} of {total} switched", { done, total })}</strong> {failed > 0 && <span>{tr("{failed} failed", { failed })}</span>} {query.value.get("site") && <span class="small">{tr("of all sites")}</span>} <span class="weak small">{live.value && lostSince.value === null ? tr("live") : tr("not live")}</span></p>
      <progress class="bar" max={Math.max(total, 1)} value={done} aria-label={tr("Switched of the waves of today")} />
    </div>
  );
}

function Outbox() {
  if (waiting.value.length === 0) return null;
  return (
    <section class="box warn stack" data-outbox aria-labelledby="outbox">
      <h2 id="outbox">{trn("{n} not sent", "{n} not sent", waiting.value.length)}</h2>
      <p class="small">{lostSince.value ? tr("No answer since {time}. Go on scanning: each is sent once, as soon as the service answers.", { time: timeOfDay(lostSince.value) }) : tr("They are being sent.")}</p>
      <ul>
        {waiting.value.map((one) => (
          <li key={one.id} class="row"><strong><bdi>{one.about}</bdi></strong> <span>{outcomeWord(MarkOutcome[one.what as keyof typeof MarkOutcome])}</span> <span class="weak">{timeOfDay(new Date(one.time))} <bdi>{one.actor}</bdi></span></li>
        ))}
      </ul>
      <p><button class="button" type="button" onClick={send}>{tr("Send now")}</button></p>
    </section>
  );
}

function Blocked() {
  const blocked = shownRows.value.filter(({ due, state }) => due.blockers.length > 0 && state !== PlacementState.MIGRATED && state !== PlacementState.VERIFIED);
  if (blocked.length === 0) return null;
  return (
    <section class="box stack" aria-labelledby="blocked">
      <h2 id="blocked">{tr("Can't be switched yet")}</h2>
      <ul>{blocked.map(({ tag, due }) => <li key={tag}><strong><bdi>{tag}</bdi></strong> {due.blockers.map(({ text }) => said(text)).join(" ")}</li>)}</ul>
    </section>
  );
}

function Today() {
  useEffect(() => {
    void read();
    const end = follow();
    const deaf = onLateAnswer((one, settled) => {
      if ("failure" in settled) toast("bad", tr("{tag}, entered earlier, was refused: {why}", { tag: one.about, why: sentenceOf(settled.failure) }));
      else toast("good", tr("{tag}, entered earlier, was sent.", { tag: one.about }));
    });
    return () => {
      end();
      deaf();
      rows.value = null;
    };
  }, []);
  return (
    <div class="today stack">
      <div class="row head"><h1 class="grow">{tr("Today's work")}</h1><Figures /></div>
      <div class="sides">
        <div class="stack">
          <Filters />
          <Refusal failure={failure.value} onRetry={() => void read()} />
          {rows.value === null && failure.value === null && <Waiting />}
          {rows.value !== null && shownRows.value.length === 0 && <p class="box">{rows.value.length === 0 ? tr("Nothing is due today.") : tr("Nothing is due here. Choose another team or site.")}</p>}
          <Rows />
        </div>
        <div class="stack side">
          {mayMark() ? <><Scanner /><Outbox /><Settings /></> : <p class="box">{tr("Operators and planners mark devices. You can read the list.")}</p>}
          <Blocked />
        </div>
      </div>
    </div>
  );
}

export const view: View = { title: () => tr("Today's work"), Body: Today };
