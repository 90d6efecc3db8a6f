// Editing a device: what changes is shown before it is saved, and two people do not overwrite each other.
import { useState } from "preact/hooks";
import { type Device, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { type Failure, failureOf, faultOf } from "../../api/failure";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import { useAct } from "../../parts/act";
import { type Change, Changes } from "../../parts/changes";
import { AreaField, SelectField, TextField } from "../../parts/field";
import { Refusal } from "../../parts/refusal";
import { lastOwnChangeSet } from "../../parts/touched";
import { tr } from "../../words/sentence";
import { choices, label } from "../../words/terms";
import { dayAndTime } from "../../words/time";
import { deviceWith, differences, edited, setOfField, textOf } from "./fields";

type FieldProps = { name: string; value: string; failure: Failure | null; onValue: (value: string) => void };

function EditField({ name, value, failure, onValue }: FieldProps) {
  // A user at fault is `users[1].staff_number`.
  const fault = faultOf(failure, name) || (failure?.fields.filter(({ field }) => field.startsWith(`${name}[`)).map(({ field }) => faultOf(failure, field)).join(" ") ?? "");
  const set = setOfField(name);
  const common = { label: label("Device", name), value, fault, onValue };
  if (set) {
    return <SelectField {...common} options={[{ value: "", word: "" }, ...choices(set).map(({ value: number, word }) => ({ value: set.value[number]?.localName ?? "", word }))]} />;
  }
  if (name === "note" || name === "labels") return <AreaField {...common} help={name === "labels" ? tr("A line each: name=value.") : ""} />;
  if (name === "users") return <TextField {...common} help={tr("Staff numbers, with commas between.")} />;
  return <TextField {...common} type={name.endsWith("_on") ? "date" : "text"} />;
}

/** What somebody else has changed meanwhile. */
interface Conflict {
  device: Device;
  theirs: Change[];
  who: string;
  when: string;
}

async function conflictOf(base: Device): Promise<Conflict> {
  const [device, history] = await Promise.all([
    client(InventoryService).getDevice({ name: base.name }),
    client(InventoryService).listDeviceHistory({ parent: base.name, pageSize: 1 }),
  ]);
  const [last] = history.entries;
  return { device, theirs: differences(base, device, [...edited, "state", "auth_method", "exception"]), who: last?.actor ?? "", when: last?.recordedTime ?? "" };
}

function ConflictBox({ conflict, own, onGoOn }: { conflict: Conflict; own: readonly string[]; onGoOn: () => void }) {
  const both = conflict.theirs.filter(({ field }) => own.includes(field)).map(({ field }) => label("Device", field));
  return (
    <section class="box warn stack" role="alert" data-conflict>
      <h3>{tr("Somebody else has changed this device meanwhile")}</h3>
      <p><bdi>{conflict.who}</bdi> {dayAndTime(conflict.when)}</p>
      <Changes caption={tr("What the other person changed")} changes={conflict.theirs} />
      {both.length > 0 && <p>{tr("You have changed the same: {fields}. Saving replaces what the other person entered.", { fields: both.join(", ") })}</p>}
      <p><button class="button main" type="button" onClick={onGoOn}>{tr("Go on with my changes on top")}</button></p>
    </section>
  );
}

type Props = { device: Device; onClose: () => void; onSaved: (before: number) => void };

/** The form. `onSaved` hears the number of the visitor's change set before. */
export function Edit({ device, onClose, onSaved }: Props) {
  const [base, setBase] = useState(device);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const [planned, setPlanned] = useState<Change[] | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [options, setOptions] = useState(() => newAct());
  const act = useAct();
  const own = Object.keys(texts).filter((name) => texts[name] !== textOf(base, name));
  const write = async (validateOnly: boolean) => {
    const wanted = Object.fromEntries(own.map((name) => [name, texts[name] ?? ""]));
    const sent = validateOnly ? newAct({ validateOnly, reason }) : { ...options, reason };
    try {
      return await client(InventoryService).updateDevice({ device: deviceWith(base, wanted), updateMask: { paths: own }, options: sent });
    } catch (fault) {
      if (failureOf(fault).reason === "ETAG_MISMATCH") setConflict(await conflictOf(base));
      throw fault;
    }
  };
  const preview = () => act.run(async () => {
    const after = await write(true);
    setPlanned(differences(base, after, edited));
    setConflict(null);
  });
  const save = () => act.run(async () => {
    const before = await lastOwnChangeSet();
    await write(false);
    onSaved(before);
  });
  const goOn = () => {
    if (conflict === null) return;
    setBase(conflict.device);
    setConflict(null);
    setPlanned(null);
    setOptions(newAct());
    act.clear();
  };
  const set = (name: string) => (value: string) => {
    setTexts((before) => ({ ...before, [name]: value }));
    setPlanned(null);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (own.length === 0 || conflict !== null) return;
    if (planned === null) preview();
    else if (planned.length > 0) save();
  };
  return (
    <section class="box stack" aria-labelledby="edit">
      <h2 id="edit">{tr("Change the device")}</h2>
      {conflict ? <ConflictBox conflict={conflict} own={own} onGoOn={goOn} /> : <Refusal failure={act.failure} shown={[...edited, "options.reason"]} />}
      <form class="stack" onSubmit={submit}>
        <div class="fields">
          {edited.map((name) => (
            <div key={name} data-field={name} class={name === "note" || name === "labels" || name === "users" ? "wide" : ""}>
              <EditField name={name} value={texts[name] ?? textOf(base, name)} failure={conflict ? null : act.failure} onValue={set(name)} />
            </div>
          ))}
        </div>
        {planned && planned.length > 0 && <Changes caption={tr("What will be changed")} changes={planned} />}
        {planned?.length === 0 && <p role="status">{tr("Nothing would change.")}</p>}
        {planned && planned.length > 0 && <TextField label={tr("Reason, for the record")} value={reason} onValue={setReason} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />}
        <div class="row">
          <button class="button main" type="submit" aria-disabled={act.busy || own.length === 0 || conflict !== null}>{planned && planned.length > 0 ? tr("Save") : tr("Show what will change")}</button>
          <button class="button" type="button" onClick={onClose}>{tr("Cancel")}</button>
          {own.length === 0 && <span class="weak">{tr("Nothing is changed yet.")}</span>}
        </div>
      </form>
    </section>
  );
}
