import { FailureCause, FailureCauseSchema, PlacementState, PlacementStateSchema } from "#gen/kirikae/v1/types_pb";
import { term } from "../words/terms";
import type { Tone } from "./announcer";
import { Pill } from "./pill";

const tones: Partial<Record<PlacementState, Tone>> = {
  [PlacementState.MIGRATED]: "good",
  [PlacementState.VERIFIED]: "good",
  [PlacementState.DUE]: "wait",
  [PlacementState.PLANNED]: "wait",
  [PlacementState.FAILED]: "bad",
  [PlacementState.ROLLED_BACK]: "warn",
  [PlacementState.DEFERRED]: "warn",
};

/** A device's state in a rollout, with the cause of a failure. */
export function PlacementPill({ state, cause = FailureCause.UNSPECIFIED }: { state: PlacementState; cause?: FailureCause }) {
  if (state === PlacementState.UNSPECIFIED) return null;
  return <Pill tone={tones[state]}>{[term(PlacementStateSchema, state), term(FailureCauseSchema, cause)].filter(Boolean).join(" ")}</Pill>;
}
