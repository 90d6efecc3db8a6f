// What is done to one device besides editing: exceptions, a corrected method, retiring, restoring.
import { useState } from "preact/hooks";
import { type Device, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { AuthMethod, AuthMethodSchema, type WriteOptions } from "#gen/kirikae/v1/types_pb";
import { faultOf } from "../../api/failure";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import { useAct } from "../../parts/act";
import { type Change, Changes } from "../../parts/changes";
import { Dialog } from "../../parts/dialog";
import { SelectField, TextField } from "../../parts/field";
import { Refusal } from "../../parts/refusal";
import { lastOwnChangeSet } from "../../parts/touched";
import { tr } from "../../words/sentence";
import { choices } from "../../words/terms";
import { differences } from "./fields";

/** What can be done. */
export type Doing = "GRANT_EXCEPTION" | "END_EXCEPTION" | "CORRECT_METHOD" | "RETIRE_DEVICE" | "RESTORE_DEVICE";

/** In the words of its button. */
export function wordOf(doing: Doing): string {
  switch (doing) {
    case "GRANT_EXCEPTION": return tr("Grant an exception");
    case "END_EXCEPTION": return tr("End the exception");
    case "CORRECT_METHOD": return tr("Correct the method");
    case "RETIRE_DEVICE": return tr("Retire");
    case "RESTORE_DEVICE": return tr("Restore");
  }
}

function explanation(doing: Doing): string {
  switch (doing) {
    case "GRANT_EXCEPTION": return tr("The device has another method until a day; the exception ends by itself.");
    case "END_EXCEPTION": return tr("The device has its own method again at once.");
    case "CORRECT_METHOD": return tr("For a record that was wrong. A device that was switched is marked instead.");
    case "RETIRE_DEVICE": return tr("The device is out of use. Its history stays, and it can be restored.");
    case "RESTORE_DEVICE": return tr("The device is in use again.");
  }
}

const hasMethod = (doing: Doing) => doing === "GRANT_EXCEPTION" || doing === "CORRECT_METHOD";
const fields = ["method", "last_day", "options.reason"];
const concerned = ["effective_method", "auth_method", "auth_method_since", "exception", "state"];

interface Entered {
  method: AuthMethod;
  lastDay: string;
}

async function send(doing: Doing, { name, assetTag, etag }: Device, { method, lastDay }: Entered, options: WriteOptions): Promise<Device | undefined> {
  const inventory = client(InventoryService);
  switch (doing) {
    case "GRANT_EXCEPTION": return inventory.grantException({ name, method, lastDay, options });
    case "END_EXCEPTION": return inventory.endException({ name, options });
    case "CORRECT_METHOD": return (await inventory.correctMethod({ assetTags: [assetTag], method, options })).devices[0];
    case "RETIRE_DEVICE": return inventory.retireDevice({ name, etag, options });
    case "RESTORE_DEVICE": return inventory.restoreDevice({ name, etag, options });
  }
}

type Props = { doing: Doing; device: Device; onClose: () => void; onDone: (before: number) => void };

/** Asks for what the act needs, shows what it changes, then does it. */
export function DeviceAct({ doing, device, onClose, onDone }: Props) {
  const act = useAct();
  const [options] = useState(() => newAct());
  const [method, setMethod] = useState(AuthMethod.UNSPECIFIED);
  const [lastDay, setLastDay] = useState("");
  const [reason, setReason] = useState("");
  const [planned, setPlanned] = useState<Change[] | null>(null);
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setPlanned(null);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    act.run(async () => {
      if (planned === null) {
        const after = await send(doing, device, { method, lastDay }, newAct({ validateOnly: true, reason }));
        setPlanned(after === undefined ? [] : differences(device, after, concerned));
        return;
      }
      const before = await lastOwnChangeSet();
      await send(doing, device, { method, lastDay }, { ...options, reason });
      onDone(before);
    });
  };
  return (
    <Dialog title={`${device.assetTag}: ${wordOf(doing)}`} onClose={onClose}>
      <p>{explanation(doing)}</p>
      <form class="stack" onSubmit={submit}>
        {hasMethod(doing) && (
          <SelectField label={tr("Method")} value={String(method)} onValue={changed((value) => setMethod(Number(value)))} fault={faultOf(act.failure, "method")}
            options={[{ value: "0", word: "" }, ...choices(AuthMethodSchema).map(({ value, word }) => ({ value: String(value), word }))]} />
        )}
        {doing === "GRANT_EXCEPTION" && <TextField type="date" label={tr("Last day")} value={lastDay} onValue={changed(setLastDay)} fault={faultOf(act.failure, "last_day")} />}
        <TextField label={tr("Reason, for the record")} value={reason} onValue={changed(setReason)} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />
        <Refusal failure={act.failure} shown={fields} />
        {planned && planned.length > 0 && <Changes caption={tr("What will be changed")} changes={planned} />}
        {planned?.length === 0 && <p role="status">{tr("Nothing would change.")}</p>}
        <div class="row">
          <button class="button main" type="submit" aria-disabled={act.busy || planned?.length === 0}>{planned && planned.length > 0 ? wordOf(doing) : tr("Show what will change")}</button>
          <button class="button" type="button" onClick={onClose}>{tr("Cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}
