import type { Phase } from "#gen/kirikae/v1/rollout_service_pb";
import { said } from "../../words/language";
import { rich } from "../../words/sentence";
import { dayAndTime } from "../../words/time";

/** What was decided at a phase's gate: a hold, a release, and whether the figures allowed it. */
export function Decision({ phase }: { phase: Phase }) {
  const { hold } = phase;
  const signed = { who: <bdi>{phase.releasedBy}</bdi>, time: dayAndTime(phase.releaseTime), remark: <bdi>{phase.remark || "–"}</bdi> };
  return (
    <>
      {hold && <p>{rich("Held since {time}: {why}", { time: dayAndTime(hold.holdTime), why: <bdi>{said(hold.text)}{hold.heldBy && ` (${hold.heldBy})`}</bdi> })}</p>}
      {phase.releasedBy && <p>{phase.overridden ? rich("Opened by {who} at {time} although the figures did not allow it: {remark}", signed) : rich("Released by {who} at {time}: {remark}", signed)}</p>}
      {!hold && !phase.releasedBy && "–"}
    </>
  );
}
