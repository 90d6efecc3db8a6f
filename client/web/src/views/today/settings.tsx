// What the next scans say.
import { MarkOutcome } from "#gen/kirikae/v1/migration_service_pb";
import { type FailureCause, FailureCauseSchema } from "#gen/kirikae/v1/types_pb";
import { SelectField, TextField } from "../../parts/field";
import { tr } from "../../words/sentence";
import { choices } from "../../words/terms";
import { cause, hasReason, missing, outcome, reason, until } from "./marks";
import { isOn, turn } from "../../parts/sound";
import { outcomeWord } from "./words";

const offered = [MarkOutcome.MIGRATED, MarkOutcome.FAILED, MarkOutcome.DEFERRED, MarkOutcome.VERIFIED, MarkOutcome.ROLLED_BACK];

export function Settings() {
  const now = outcome.value;
  return (
    <fieldset class="settings stack">
      <legend class="legend">{tr("What the next scans say")}</legend>
      <div class="row">
        {offered.map((one) => (
          <button key={one} class="button" type="button" aria-pressed={now === one} data-outcome={MarkOutcome[one]} onClick={() => (outcome.value = one)}>{outcomeWord(one)}</button>
        ))}
      </div>
      {now === MarkOutcome.FAILED && (
        <SelectField label={tr("Cause")} value={String(cause.value)} onValue={(value) => (cause.value = Number(value) as FailureCause)}
          options={choices(FailureCauseSchema).map(({ value, word }) => ({ value: String(value), word }))} />
      )}
      {now === MarkOutcome.DEFERRED && (
        <TextField label={tr("Until which day")} type="date" value={until.value} onValue={(value) => (until.value = value)} fault={missing.value === "until" ? tr("Choose the day.") : ""} />
      )}
      {hasReason(now) && (
        <TextField label={tr("Reason")} maxLength={1000} value={reason.value} onValue={(value) => (reason.value = value)} fault={missing.value === "reason" ? tr("Say why.") : ""} />
      )}
      <label class="row check"><input type="checkbox" checked={isOn.value} onChange={(event) => turn(event.currentTarget.checked)} /> {tr("A sound for each scan")}</label>
    </fieldset>
  );
}
