// What the next scans say.
import { CalendarService, DayCauseSchema } from "#gen/kirikae/v1/calendar_service_pb";
import { MarkOutcome } from "#gen/kirikae/v1/migration_service_pb";
import { type FailureCause, FailureCauseSchema } from "#gen/kirikae/v1/types_pb";
import { client } from "../../api/transport";
import { SelectField, TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { tr } from "../../words/sentence";
import { choices, term } from "../../words/terms";
import { fullDay } from "../../words/time";
import { cause, hasReason, missing, outcome, reason, until } from "./marks";
import { isOn, turn } from "../../parts/sound";
import { outcomeWord } from "./words";

const offered = [MarkOutcome.MIGRATED, MarkOutcome.FAILED, MarkOutcome.DEFERRED, MarkOutcome.VERIFIED, MarkOutcome.ROLLED_BACK];

// The day to put off to, with its weekday, and why the office is closed on it.
function Until() {
  const day = until.value;
  const found = useRead(async (signal) => (day === "" ? undefined : (await client(CalendarService).listDays({ firstDay: day, lastDay: day }, { signal })).days[0]), [day]);
  const office = found.value?.day === day ? found.value : undefined;
  const closed = office && !office.open ? tr("closed: {why}", { why: office.holiday || office.reason || term(DayCauseSchema, office.cause) }) : "";
  return (
    <TextField label={tr("Until which day")} type="date" value={day} onValue={(value) => (until.value = value)} help={[fullDay(day), closed].filter(Boolean).join(" ")}
      fault={missing.value === "until" ? tr("Choose the day.") : ""} />
  );
}

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
        <Until />
      )}
      {hasReason(now) && (
        <TextField label={tr("Reason")} maxLength={1000} value={reason.value} onValue={(value) => (reason.value = value)} fault={missing.value === "reason" ? tr("Say why.") : ""} />
      )}
      <label class="row check"><input type="checkbox" checked={isOn.value} onChange={(event) => turn(event.currentTarget.checked)} /> {tr("A sound for each scan")}</label>
    </fieldset>
  );
}
