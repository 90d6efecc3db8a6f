// Undoing a change set: what comes back is shown before, and what it did after.
import { useMemo, useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { AuditService, type ChangeSet } from "#gen/kirikae/v1/audit_service_pb";
import { faultOf, failureOf } from "../api/failure";
import { actor, isOneOf, role } from "../api/session";
import { client } from "../api/transport";
import { newAct } from "../api/write";
import { Link } from "../app/link";
import { rich, tr, trn } from "../words/sentence";
import { dayAndTime } from "../words/time";
import { actName } from "../words/acts";
import { useAct } from "./act";
import { Changes } from "./changes";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { useRead } from "./use_read";
import { Refusal } from "./refusal";
import { Waiting } from "./waiting";

/** Whether an act can be undone at all; of single acts the service says why they can't be now. */
export function isUndoable(act: string): boolean {
  return act === "APPLY_IMPORT" || /^(MARK_|CREATE_DEVICE|UPDATE_|BATCH_|RETIRE_|RESTORE_DEVICE|GRANT_EXC|END_EXC|CORRECT_|SET_DAY|CLEAR_DAY|IMPORT_HOL)/.test(act);
}

const shownChanges = 50;
const long = { timeoutMs: 600_000 };

function UndoDialog({ name, onClose, onDone }: { name: string; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [done, setDone] = useState<ChangeSet | null>(null);
  const act = useAct();
  // Sent again, it is the same act.
  const options = useMemo(() => newAct(), []);
  const found = useRead(async (signal) => {
    const [set, refusal] = await Promise.all([
      client(AuditService).getChangeSet({ name, pageSize: shownChanges }, { signal }),
      client(AuditService).undoChangeSet({ name, options: newAct({ validateOnly: true }) }, { signal, ...long }).then(() => null, failureOf),
    ]);
    return { ...set, refusal };
  }, [name]);
  const set = found.value?.changeSet;
  const undo = () => act.run(async () => {
    setDone(await client(AuditService).undoChangeSet({ name, options: { ...options, reason } }, long));
  });
  // The view below reads anew when this has been read: it may have no place for the dialog then.
  const close = () => {
    onClose();
    if (done) onDone();
  };
  return (
    <Dialog title={done ? tr("Undone") : tr("What will be undone")} onClose={close}>
      <Refusal failure={found.failure} onRetry={found.again} />
      {found.loading && <Waiting />}
      {set && !done && (
        <>
          <p>{tr("{act} by {actor}, {time}", { act: actName(set.act), actor: set.actor, time: dayAndTime(set.recordedTime) })}{set.reason && <>: <bdi>{set.reason}</bdi></>}</p>
          <Changes caption={trn("One change goes back", "{n} changes go back", set.changeCount)}
            changes={(found.value?.changes ?? []).map((change) => ({ ...change, oldValue: change.newValue, newValue: change.oldValue }))} />
          {set.changeCount > shownChanges && <p class="weak">{tr("The first {n} are shown.", { n: shownChanges })}</p>}
          <Refusal failure={act.failure ?? found.value?.refusal ?? null} shown={["options.reason"]} />
          {found.value?.refusal === null && (
            <form class="stack" onSubmit={(event) => { event.preventDefault(); undo(); }}>
              <TextField label={tr("Reason, for the record")} value={reason} onValue={setReason} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />
              <p><button class="button main" type="submit" aria-disabled={act.busy}>{tr("Undo")}</button></p>
            </form>
          )}
        </>
      )}
      {done && <p class="box good" role="status" data-undone={done.name}>{rich("Undone by change set {set}.", { set: <Link to={`/records/${done.name.split("/")[1]}`}>{done.name.split("/")[1]}</Link> })}</p>}
      <p><button class="button" type="button" onClick={close}>{tr("Close")}</button></p>
    </Dialog>
  );
}

/** Why the visitor may not undo what this person did; "" = they may, if the service finds nothing in the way. */
export function whyNoUndo(by: string): string {
  if (!isOneOf(Role.OPERATOR, Role.PLANNER)) return tr("Operators, planners and administrators undo.");
  if (role() !== Role.ADMIN && by !== actor()) return tr("{actor} or an administrator can undo this.", { actor: by });
  return "";
}

/** A button that undoes a change set (`changeSets/12`) after it has shown what that means. */
export function UndoButton({ name, onDone }: { name: string; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="button" type="button" data-undo={name} onClick={() => setOpen(true)}>{tr("Undo…")}</button>
      {open && <UndoDialog name={name} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}
