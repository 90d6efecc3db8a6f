// A rollout as it stands: what is done against the plan, what holds it, and who may do what about it.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { PhaseState } from "#gen/kirikae/v1/rollout_service_pb";
import { watch } from "../../api/watch";
import { query } from "../../app/router";
import type { View } from "../../app/view";
import { BurnUp } from "../../parts/burn_up";
import { Causes } from "../../parts/causes";
import { devicesWhere, quoted } from "../../parts/device_rows";
import { ForecastTable } from "../../parts/forecast_table";
import { Link } from "../../app/link";
import { Refusal } from "../../parts/refusal";
import { RolloutTabs } from "../../parts/rollout_tabs";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { tr, trn } from "../../words/sentence";
import { type Figures, figuresOf } from "./figures";
import { Gate } from "./gate";
import { Header } from "./header";
import { Heat } from "./heat";
import { Phases } from "./phases";
import { OpenProposal } from "./proposal";
import { WaveCalendar } from "./waves";
import { WaveDay } from "./wave_day";
import "./rollout.css";

function Shown({ figures, live, onDone }: { figures: Figures; live: boolean; onDone: () => void }) {
  const { rollout, progress, forecast, waves, days, proposal } = figures;
  const id = rollout.name.replace("rollouts/", "");
  const today = progress.time.slice(0, 10);
  const day = query.value.get("day") ?? "";
  const { gates } = progress;
  // The gates that matter now: of phases that have begun and not passed; else of the first.
  const begun = gates.filter(({ state }) => state !== PhaseState.WAITING && state !== PhaseState.PASSED);
  const failed = progress.causes.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Header rollout={rollout} time={progress.time} live={live} onDone={onDone} />
      {proposal && <OpenProposal proposal={proposal} onDone={onDone} />}
      <Phases rollout={rollout} phases={gates} rows={progress.phases} />
      <div class="beside">
        <section class="box stack" aria-labelledby="burn-up">
          <h2 id="burn-up">{tr("Done against plan")}</h2>
          <BurnUp progress={progress} forecast={forecast} />
          {forecast && <ForecastTable forecast={forecast} phases={gates} />}
          {forecast && <p class="small weak">{tr("The forecast simulates the rest of the approved plan {n} times, with the failures and absences seen so far.", { n: forecast.runs })}</p>}
        </section>
        <div class="stack">
          {begun.map((phase) => <Gate key={phase.id} phase={phase} next={gates.slice(gates.indexOf(phase) + 1)} today={today} onDone={onDone} />)}
          {begun.length === 0 && <p class="box weak">{tr("No gate waits for anything.")}</p>}
          <section class="box stack" aria-labelledby="causes">
            <h2 id="causes">{tr("Failures by cause")}</h2>
            <Causes causes={progress.causes} />
            {failed > 0 && <p><Link to={devicesWhere(`placement.rollout = ${quoted(id)}`, "placement.state = FAILED")}>{trn("The failed device", "The {n} failed devices", failed)}</Link></p>}
          </section>
        </div>
      </div>
      <Heat rollout={rollout} departments={progress.departments} sites={progress.sites} teams={progress.teams} />
      {day && <WaveDay rollout={id} day={day} waves={waves.filter((wave) => wave.day === day)} onDone={onDone} />}
      <WaveCalendar rollout={rollout} waves={waves} days={days} today={today} />
      <details class="box no-print">
        <summary>{tr("The rules as they were applied: phases, gates, teams, blackouts")}</summary>
        <pre tabIndex={0}><bdi>{rollout.source}</bdi></pre>
      </details>
    </>
  );
}

function RolloutView({ parameters }: { parameters: Record<string, string> }) {
  const id = parameters.id ?? "";
  const name = `rollouts/${id}`;
  const { value, failure, again } = useRead((signal) => figuresOf(name, signal), [name]);
  const live = useSignal(false);
  const read = useRef(false);
  read.current = value !== undefined;
  useEffect(() => {
    let soon = 0;
    // Many marks at once are one reading.
    const refresh = () => {
      window.clearTimeout(soon);
      soon = window.setTimeout(again, 300);
    };
    const end = watch(name, { onEvent: refresh, onBegin: () => read.current && refresh(), onLive: (now) => (live.value = now) });
    return () => {
      window.clearTimeout(soon);
      end();
    };
  }, [name]);
  return (
    <div class="stack">
      <RolloutTabs id={id} />
      <Refusal failure={failure} onRetry={again} />
      {value === undefined && <><h1>{tr("Rollout")}</h1>{failure === null && <Waiting />}</>}
      {value && <Shown figures={value} live={live.value} onDone={again} />}
    </div>
  );
}

export const view: View = { title: ({ id = "" }) => tr("Rollout {id}", { id }), Body: RolloutView };
