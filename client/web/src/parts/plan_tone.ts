import { PlanState } from "#gen/kirikae/v1/planning_service_pb";
import type { Tone } from "./announcer";

/** The tone of a plan's state. */
export function toneOfPlan(state: PlanState): Tone | undefined {
  return state === PlanState.APPROVED ? "good" : state === PlanState.SUBMITTED ? "wait" : state === PlanState.REJECTED ? "warn" : undefined;
}
