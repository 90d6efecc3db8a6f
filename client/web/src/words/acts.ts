// The acts of the record in words. The service's terms do not have them.
import { tr } from "./sentence";

function known(act: string): string {
  switch (act) {
    case "UNDO": return tr("undo");
    case "CREATE_DEVICE": return tr("device added");
    case "UPDATE_DEVICE": return tr("device changed");
    case "BATCH_UPDATE_DEVICES": return tr("devices changed");
    case "RETIRE_DEVICE": return tr("device retired");
    case "RESTORE_DEVICE": return tr("device restored");
    case "GRANT_EXCEPTION": return tr("exception granted");
    case "END_EXCEPTION": case "EXCEPTION_ENDED": return tr("exception ended");
    case "CORRECT_METHOD": return tr("method corrected");
    case "UPDATE_STAFF": return tr("staff changed");
    case "PREVIEW_IMPORT": return tr("import previewed");
    case "APPLY_IMPORT": return tr("import applied");
    case "MARK_MIGRATED": return tr("marked as switched");
    case "MARK_FAILED": return tr("marked as failed");
    case "MARK_VERIFIED": return tr("marked as verified");
    case "MARK_ROLLED_BACK": return tr("marked as rolled back");
    case "MARK_DEFERRED": return tr("marked as deferred");
    case "MARK_EXEMPT": return tr("marked as exempt");
    case "APPLY_ROLLOUT": return tr("rollout applied");
    case "CREATE_PLAN": return tr("plan made");
    case "SUBMIT_PLAN": return tr("plan submitted");
    case "APPROVE_PLAN": return tr("plan approved");
    case "REJECT_PLAN": return tr("plan sent back");
    case "START_WAVE": return tr("wave started");
    case "FINISH_WAVE": return tr("wave finished");
    case "HOLD_PHASE": case "PHASE_HELD": return tr("phase held");
    case "PHASE_WAITING": return tr("phase waits");
    case "PHASE_OPEN": return tr("phase opened");
    case "PHASE_SOAKING": return tr("phase soaks");
    case "PHASE_GATE": return tr("phase at its gate");
    case "PHASE_PASSED": return tr("phase passed");
    case "OVERRIDE_GATE": return tr("gate overridden");
    case "SOAK_PASSED": return tr("confirmed after the soak");
    case "START_ROLLOUT": return tr("rollout started");
    case "PAUSE_ROLLOUT": return tr("rollout paused");
    case "RESUME_ROLLOUT": return tr("rollout resumed");
    case "CANCEL_ROLLOUT": return tr("rollout cancelled");
    case "COMPLETE_ROLLOUT": return tr("rollout completed");
    case "PROPOSE_ROLLOUT": return tr("rules proposed");
    case "ACCEPT_PROPOSAL": return tr("proposal accepted");
    case "DECLINE_PROPOSAL": return tr("proposal declined");
    case "SAVE_PROFILE": return tr("import profile saved");
    case "DELETE_PROFILE": return tr("import profile deleted");
    case "SET_DAY": return tr("day of the calendar set");
    case "CLEAR_DAY": return tr("day of the calendar cleared");
    case "IMPORT_HOLIDAYS": return tr("holidays imported");
    case "FIRST_START": return tr("first start");
    case "ACCEPT_CLOCK": return tr("clock accepted");
    case "ACCEPT_LOSS": return tr("loss accepted");
    case "RESTORE_BACKUP": return tr("backup restored");
    case "USE_AUDIT_KEY": return tr("key of the record used");
    case "DROP_UNREADY": return tr("taken off its wave, not ready");
    case "RELEASE_PHASE": return tr("phase released");
    case "CREATE_TOKEN": return tr("token made");
    case "REVOKE_TOKEN": return tr("token revoked");
    default: return "";
  }
}

/** An act such as `MARK_MIGRATED` in words; one without words stands as it is. */
export function actName(act: string): string {
  return known(act) || act;
}

/** The acts that the list is filtered by. */
export const actsOfChoice = [
  "UPDATE_DEVICE", "BATCH_UPDATE_DEVICES", "RETIRE_DEVICE", "RESTORE_DEVICE", "GRANT_EXCEPTION", "CORRECT_METHOD", "APPLY_IMPORT",
  "MARK_MIGRATED", "MARK_FAILED", "MARK_ROLLED_BACK", "MARK_DEFERRED", "MARK_EXEMPT", "APPLY_ROLLOUT", "CREATE_PLAN", "APPROVE_PLAN",
  "HOLD_PHASE", "RELEASE_PHASE", "UNDO", "CREATE_TOKEN", "REVOKE_TOKEN",
] as const;
