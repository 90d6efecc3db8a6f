// Changes the same fields of all devices of a filter: how many and old → new first, then exactly what it touched, with undo.
import { useState } from "preact/hooks";
import { create } from "@bufbuild/protobuf";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { DeviceSchema, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { faultOf } from "../../api/failure";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { useAct } from "../../parts/act";
import { type Change, Changes } from "../../parts/changes";
import { SelectField, TextField } from "../../parts/field";
import { Refusal } from "../../parts/refusal";
import { lastOwnChangeSet, Touched } from "../../parts/touched";
import { figure, rich, tr, trn } from "../../words/sentence";
import { choices, label } from "../../words/terms";
import { deviceWith, edited, setOfField, textOf } from "../device/fields";
import { FilterForm } from "../devices/filter_form";

const shownRows = 100;
// More than these are confirmed by their number.
const asksAbove = 20;
const long = { timeoutMs: 600_000 };

interface Planned {
  matched: number;
  changed: number;
  rows: Change[];
  /** Whether more devices match than were read for the rows. */
  more: boolean;
}

function Bulk() {
  const filter = query.value.get("filter") ?? "";
  const [fields, setFields] = useState<string[]>(["floor"]);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const [planned, setPlanned] = useState<{ of: string; plan: Planned } | null>(null);
  const [confirmed, setConfirmed] = useState("");
  const [done, setDone] = useState<{ after: number; changed: number } | null>(null);
  const [options, setOptions] = useState(() => newAct());
  const act = useAct();
  const wanted = Object.fromEntries(fields.map((name) => [name, texts[name] ?? ""]));
  const asked = JSON.stringify([filter, wanted]);
  const plan = planned?.of === asked ? planned.plan : null;
  const request = { filter, device: deviceWith(create(DeviceSchema), wanted), updateMask: { paths: fields } };
  const change = (next: () => void) => {
    next();
    setDone(null);
    setConfirmed("");
    setOptions(newAct());
  };
  const preview = () => act.run(async () => {
    const inventory = client(InventoryService);
    const [answer, list] = await Promise.all([
      inventory.batchUpdateDevices({ ...request, options: newAct({ validateOnly: true }) }, long),
      inventory.listDevices({ filter, pageSize: shownRows }, long),
    ]);
    const after = deviceWith(create(DeviceSchema), wanted);
    const rows = list.devices.flatMap((device) => fields
      .map((field) => ({ record: device.name, field, oldValue: textOf(device, field), newValue: textOf(after, field) }))
      .filter(({ oldValue, newValue }) => oldValue !== newValue));
    setPlanned({ of: asked, plan: { matched: answer.matched, changed: answer.changed, rows, more: list.nextPageToken !== "" } });
  });
  const write = () => act.run(async () => {
    if (plan === null) return;
    const after = await lastOwnChangeSet();
    const answer = await client(InventoryService).batchUpdateDevices({ ...request, expectedCount: plan.matched, options: { ...options, reason } }, long);
    setDone({ after, changed: answer.changed });
    setPlanned(null);
  });
  const mayWrite = isOneOf(Role.OPERATOR, Role.PLANNER);
  const ready = plan !== null && plan.changed > 0 && (plan.changed <= asksAbove || confirmed.trim() === String(plan.changed));
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grow">{tr("Change many devices")}</h1>
        <Link class="button" to={`/devices?${new URLSearchParams({ filter })}`}>{tr("Back to the list")}</Link>
      </div>
      {!mayWrite && <p class="box warn">{tr("Operators, planners and administrators change devices.")}</p>}
      <section class="box stack" aria-labelledby="which">
        <h2 id="which">{tr("1. Which devices")}</h2>
        <FilterForm fault={faultOf(act.failure, "filter")} />
        {filter === "" && <p class="weak">{tr("Choose a condition first.")}</p>}
      </section>
      <form class="box stack" aria-labelledby="what" onSubmit={(event) => { event.preventDefault(); if (mayWrite && filter !== "" && fields.length > 0) preview(); }}>
        <h2 id="what">{tr("2. What changes")}</h2>
        <fieldset class="checks">
          <legend class="away">{tr("Fields to change")}</legend>
          {edited.filter((name) => name !== "host_name" && name !== "serial" && name !== "labels").map((name) => (
            <label key={name} class="check">
              <input type="checkbox" checked={fields.includes(name)} onChange={() => change(() => setFields(fields.includes(name) ? fields.filter((one) => one !== name) : [...fields, name]))} /> {label("Device", name)}
            </label>
          ))}
        </fieldset>
        <div class="fields">
          {fields.map((name) => {
            const set = setOfField(name);
            const common = { label: tr("{field} becomes", { field: label("Device", name) }), value: texts[name] ?? "", fault: faultOf(act.failure, name), onValue: (value: string) => change(() => setTexts({ ...texts, [name]: value })) };
            return (
              <div key={name} data-field={name}>
                {set ? <SelectField {...common} options={[{ value: "", word: "" }, ...choices(set).map(({ value, word }) => ({ value: set.value[value]?.localName ?? "", word }))]} />
                  : <TextField {...common} type={name.endsWith("_on") ? "date" : "text"} />}
              </div>
            );
          })}
        </div>
        <p><button class={`button ${plan ? "" : "main"}`} type="submit" aria-disabled={!mayWrite || filter === "" || fields.length === 0 || act.busy}>{tr("Show what will change")}</button></p>
      </form>
      <Refusal failure={act.failure} shown={["filter", "options.reason", ...edited]} />
      {plan && (
        <section class="box stack" aria-labelledby="then" data-plan={`${plan.changed}/${plan.matched}`}>
          <h2 id="then">{tr("3. Old → new")}</h2>
          <p>{rich("{matched} devices match; {changed} change.", { matched: <Link to={`/devices?${new URLSearchParams({ filter })}`}>{figure(plan.matched)}</Link>, changed: <strong>{figure(plan.changed)}</strong> })}</p>
          {plan.rows.length > 0 && <Changes caption={tr("What will be changed")} changes={plan.rows} />}
          {plan.more && <p class="weak">{tr("Of the first {n} devices.", { n: shownRows })}</p>}
          {plan.changed === 0 && <p>{tr("Nothing would change.")}</p>}
          {plan.changed > 0 && (
            <form class="stack" onSubmit={(event) => { event.preventDefault(); if (ready) write(); }}>
              <TextField label={tr("Reason, for the record")} value={reason} onValue={setReason} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />
              {plan.changed > asksAbove && <TextField label={tr("Type the number of devices that change")} value={confirmed} onValue={setConfirmed} inputMode="numeric" help={figure(plan.changed)} />}
              <p><button class="button main" type="submit" data-write aria-disabled={!ready || act.busy}>{trn("Change one device", "Change {n} devices", plan.changed)}</button></p>
            </form>
          )}
        </section>
      )}
      {done && <Touched key={done.after} act="BATCH_UPDATE_DEVICES" after={done.after} onUndone={() => setQuery({})} />}
    </div>
  );
}

export const view: View = { title: () => tr("Change many devices"), Body: Bulk };
