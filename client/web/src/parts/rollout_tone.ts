import { PhaseState, RolloutState, WaveState } from "#gen/kirikae/v1/rollout_service_pb";
import type { Tone } from "./announcer";

/** The tone of a rollout's state. */
export function toneOf(state: RolloutState): Tone | undefined {
  return state === RolloutState.ACTIVE || state === RolloutState.COMPLETED ? "good" : state === RolloutState.PAUSED ? "warn" : state === RolloutState.CANCELLED ? "bad" : undefined;
}

/** The tone of a phase's state. */
export function toneOfPhase(state: PhaseState): Tone | undefined {
  return state === PhaseState.PASSED ? "good" : state === PhaseState.HELD ? "bad" : state === PhaseState.WAITING ? undefined : "wait";
}

/** The tone of a wave's state. */
export function toneOfWave(state: WaveState): Tone | undefined {
  return state === WaveState.DONE ? "good" : state === WaveState.IN_PROGRESS ? "wait" : state === WaveState.CANCELLED ? "warn" : undefined;
}
