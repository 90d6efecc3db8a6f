import { type Phase, PhaseStateSchema, PhaseState, type ProgressRow, type Rollout } from "#gen/kirikae/v1/rollout_service_pb";
import { CountLink } from "../../parts/count_link";
import { devicesWhere, quoted } from "../../parts/device_rows";
import { percent } from "../../parts/percent";
import { Pill } from "../../parts/pill";
import { toneOfPhase } from "../../parts/rollout_tone";
import { figure, tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { shortDay } from "../../words/time";

const done = "(placement.state = MIGRATED OR placement.state = VERIFIED)";
const failed = "(placement.state = FAILED OR placement.state = ROLLED_BACK)";

function PhaseBox({ phase, row, id }: { phase: Phase; row: ProgressRow | undefined; id: string }) {
  const own = `placement.rollout = ${quoted(id)} AND placement.phase = ${quoted(phase.id)}`;
  const total = row?.total ?? phase.size;
  const running = phase.state !== PhaseState.WAITING && phase.state !== PhaseState.PASSED;
  return (
    <li class={running ? "box phase running" : "box phase"} data-phase={phase.id}>
      <h3><bdi>{phase.title || phase.id}</bdi></h3>
      <p><Pill tone={toneOfPhase(phase.state)}>{term(PhaseStateSchema, phase.state)}{phase.passedOn && ` ${shortDay(phase.passedOn)}`}</Pill></p>
      <p class="count"><CountLink count={phase.succeeded} to={devicesWhere(own, done)} of={tr("Switched")} /> / {figure(total)}</p>
      <progress class="bar" max={Math.max(1, total)} value={phase.succeeded} aria-label={tr("Switched in {phase}", { phase: phase.title || phase.id })} />
      {phase.successRate !== undefined && phase.provenRate !== undefined ? (
        <p class="small">
          {tr("Success {rate} of {n} attempted", { rate: percent(phase.successRate), n: phase.attempted })}<br />
          {tr("proves at least {rate} (95 %)", { rate: percent(phase.provenRate) })}
          {phase.attempted > phase.succeeded && <><br />{tr("Failed or switched back:")} <CountLink count={phase.attempted - phase.succeeded} to={devicesWhere(own, failed)} of={tr("Failed or switched back")} /></>}
        </p>
      ) : <p class="small weak">{tr("Nothing attempted yet")}</p>}
      {row && row.unplanned > 0 && <p class="small">{trn("One device not planned", "{n} devices not planned", row.unplanned)}{row.blocked > 0 && ` (${tr("of them blocked: {n}", { n: row.blocked })})`}</p>}
      {(phase.notBefore || phase.deadline) && (
        <p class="small weak">{phase.notBefore && tr("from {day}", { day: shortDay(phase.notBefore) })} {phase.deadline && tr("deadline {day}", { day: shortDay(phase.deadline) })}</p>
      )}
    </li>
  );
}

/** A box a phase, in their order. */
export function Phases({ rollout, phases, rows }: { rollout: Rollout; phases: Phase[]; rows: ProgressRow[] }) {
  const id = rollout.name.replace("rollouts/", "");
  return (
    <section aria-labelledby="phases">
      <h2 id="phases" class="away">{tr("Phases")}</h2>
      <ol class="phases">{phases.map((phase) => <PhaseBox key={phase.id} phase={phase} id={id} row={rows.find((row) => row.id === phase.id)} />)}</ol>
    </section>
  );
}
