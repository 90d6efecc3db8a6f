import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type ChangeRolloutResponse, type Rollout, RolloutService, RolloutState, RolloutStateSchema } from "#gen/kirikae/v1/rollout_service_pb";
import { AuthMethodSchema, type WriteOptions } from "#gen/kirikae/v1/types_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { Pill } from "../../parts/pill";
import { toneOf } from "../../parts/rollout_tone";
import { tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { dayAndTime } from "../../words/time";

type Verb = "start" | "pause" | "resume" | "cancel";

// The verbs that a state allows.
function verbsOf(state: RolloutState): Verb[] {
  switch (state) {
    case RolloutState.DRAFT: return ["start", "cancel"];
    case RolloutState.ACTIVE: return ["pause", "cancel"];
    case RolloutState.PAUSED: return ["resume", "cancel"];
    default: return [];
  }
}

function wordOf(verb: Verb): string {
  return { start: tr("Start"), pause: tr("Pause"), resume: tr("Resume"), cancel: tr("Cancel for good") }[verb];
}

// What a verb would do, by the service's own count.
function effectOf({ rollout, changed, runningWaves, runningWavesGoOn, cancelledWaves, releasedDevices }: ChangeRolloutResponse, before: RolloutState): ComponentChildren {
  const state = rollout?.state ?? before;
  return (
    <ul class="stack">
      <li>{tr("State")}: {term(RolloutStateSchema, before)} → <strong>{term(RolloutStateSchema, state)}</strong></li>
      {!changed && <li>{tr("It is so already; nothing will change.")}</li>}
      {runningWaves > 0 && <li>{trn("One wave up to today has devices still to do.", "{n} waves up to today have devices still to do.", runningWaves)} {runningWavesGoOn ? tr("They go on.") : tr("No device is switched in them meanwhile.")}</li>}
      {cancelledWaves > 0 && <li>{trn("One wave is cancelled.", "{n} waves are cancelled.", cancelledWaves)}</li>}
      {releasedDevices > 0 && <li>{trn("One device is no longer planned.", "{n} devices are no longer planned.", releasedDevices)}</li>}
    </ul>
  );
}

function VerbDialog({ rollout, verb, onClose, onDone }: { rollout: Rollout; verb: Verb; onClose: () => void; onDone: () => void }) {
  const letFinish = useSignal(true);
  const call = (options: WriteOptions) => {
    const { name } = rollout;
    const service = client(RolloutService);
    if (verb === "start") return service.startRollout({ name, options });
    if (verb === "pause") return service.pauseRollout({ name, options, letRunningWavesFinish: letFinish.value });
    if (verb === "resume") return service.resumeRollout({ name, options });
    return service.cancelRollout({ name, options });
  };
  return (
    <ActDialog key={verb} title={`${wordOf(verb)}: ${rollout.title}`} verb={wordOf(verb)} danger={verb === "cancel"} onClose={onClose}
      remark={{ label: verb === "cancel" ? tr("Reason") : tr("Reason (may stay empty)"), field: "options.reason", required: verb === "cancel" }}
      check={async (options) => effectOf(await call(options), rollout.state)}
      act={async (options) => {
        const answer = await call(options);
        onDone();
        return tr("The rollout is now: {state}.", { state: term(RolloutStateSchema, answer.rollout?.state ?? rollout.state) });
      }}>
      {verb === "cancel" && <p>{tr("Switched devices stay switched; planned devices are no longer planned. This can't be taken back.")}</p>}
      {verb === "pause" && (
        <label class="check"><input type="checkbox" checked={letFinish.value} onChange={(event) => (letFinish.value = event.currentTarget.checked)} /> {tr("Waves up to today may still be worked on")}</label>
      )}
    </ActDialog>
  );
}

type Props = { rollout: Rollout; time: string; live: boolean; onDone: () => void };

export function Header({ rollout, time, live, onDone }: Props) {
  const open = useSignal<Verb | null>(null);
  const verbs = verbsOf(rollout.state);
  const plan = rollout.approvedPlan.split("/").at(-1) ?? "";
  return (
    <header class="stack">
      <div class="row">
        <h1 class="grow"><bdi>{rollout.title}</bdi></h1>
        <div class="row no-print">
          <Allowed roles={[Role.PLANNER]} what={tr("Start, pause, resume, cancel")}>
            {verbs.map((verb) => <button key={verb} class={verb === "cancel" ? "button danger" : "button"} type="button" onClick={() => (open.value = verb)}>{wordOf(verb)}</button>)}
          </Allowed>
        </div>
      </div>
      <p class="row small">
        <Pill tone={toneOf(rollout.state)}>{term(RolloutStateSchema, rollout.state)}</Pill>
        <span>{term(AuthMethodSchema, rollout.fromMethod)} → {term(AuthMethodSchema, rollout.toMethod)}</span>
        {plan ? <Link class="target" to={`/${rollout.approvedPlan}`}>{tr("Approved plan {number}", { number: plan })}</Link> : <span>{tr("No plan is approved yet.")}</span>}
        <span class="weak" data-live={live}>{live ? tr("Live: counted {time}", { time: dayAndTime(time) }) : tr("Counted {time}; connecting for live figures…", { time: dayAndTime(time) })}</span>
      </p>
      {open.value && <VerbDialog rollout={rollout} verb={open.value} onClose={() => (open.value = null)} onDone={onDone} />}
    </header>
  );
}
