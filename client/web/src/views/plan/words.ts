// Words of codes that a plan has.
import type { PlanCondition, PlanReason } from "#gen/kirikae/v1/planning_service_pb";
import { said } from "../../words/language";
import { tr } from "../../words/sentence";
import { fullDay } from "../../words/time";

/** A reason as a sentence. */
export function reasonText({ text, textJa }: PlanReason): string {
  return said({ en: text, ja: textJa || text });
}

/** Why a device can't be planned; the code itself where it is a new one. */
export function blockerWord(code: string): string {
  switch (code) {
    case "NO_CAMERA": return tr("no camera");
    case "CAMERA_BROKEN": return tr("broken camera");
    case "NO_USER": return tr("no user");
    case "USER_NOT_ENROLLED": return tr("a user's face is not registered");
    case "CONSENT_WITHHELD": return tr("a user withholds consent");
    case "NOT_ACTIVE": return tr("not in use");
    case "OS_TOO_OLD": return tr("operating system too old");
    case "DUE_DATE_PASSED": return tr("the day by which it should have been solved has passed");
    case "LEASE_ENDS": return tr("its lease ends before it could be switched");
    default: return code;
  }
}

/** What has to happen before a device's day. */
export function conditionWord({ code, day, recorded }: PlanCondition): string {
  const values = { blocker: blockerWord(code), day: fullDay(day) };
  return recorded ? tr("{blocker} (until {day} by the records)", values) : tr("{blocker} (expected to end by {day})", values);
}

/** What keeps a phase from ending earlier. */
export function boundWord(code: string): string {
  switch (code) {
    case "CAPACITY": return tr("the teams' time");
    case "DEVICE_COUNT": return tr("devices a slot");
    case "POOL_LIMIT": return tr("the daily share of a department");
    case "NOT_READY": return tr("devices that are not ready");
    case "NOT_BEFORE": return tr("its first day");
    case "PHASE_ORDER": return tr("the phase before and its soak");
    case "BLACKOUT": return tr("days that must not be used");
    case "HELP_DESK": return tr("the help desk's limit");
    case "FIXED": return tr("fixed devices");
    default: return "";
  }
}
