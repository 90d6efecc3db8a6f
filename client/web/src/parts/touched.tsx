import { AuditService } from "#gen/kirikae/v1/audit_service_pb";
import { actor } from "../api/session";
import { client } from "../api/transport";
import { Link } from "../app/link";
import { rich, tr, trn } from "../words/sentence";
import { Changes } from "./changes";
import { useRead } from "./use_read";
import { Refusal } from "./refusal";
import { UndoButton } from "./undo";

const shownChanges = 100;

/** The number of the newest change set of the visitor's, 0 = none. Asked before a write whose answer does not name its own. */
export async function lastOwnChangeSet(): Promise<number> {
  const { changeSets } = await client(AuditService).listChangeSets({ actor: actor(), pageSize: 1 });
  return Number(changeSets[0]?.name.split("/")[1] ?? 0);
}

type Props = {
  act: string;
  record?: string;
  /** The number of the change set before the write. */
  after: number;
  onUndone: () => void;
};

/** What the visitor's own act has just changed, exactly, with undo. */
export function Touched({ act, record = "", after, onUndone }: Props) {
  const found = useRead(async (signal) => {
    const { changeSets } = await client(AuditService).listChangeSets({ actor: actor(), act, record, pageSize: 1 }, { signal });
    const name = changeSets[0]?.name;
    if (name === undefined || Number(name.split("/")[1]) <= after) return null;
    return client(AuditService).getChangeSet({ name, pageSize: shownChanges }, { signal });
  }, [act, record, after]);
  const set = found.value?.changeSet;
  return (
    <section class="box good stack" role="status" data-touched={set?.name}>
      <Refusal failure={found.failure} onRetry={found.again} />
      {found.value === null && <p>{tr("Nothing had to be changed.")}</p>}
      {set && (
        <>
          <p><strong>{trn("Done: one field changed.", "Done: {n} fields changed.", set.changeCount)}</strong>{" "}
            {rich("Change set {set}.", { set: <Link to={`/records/${set.name.split("/")[1]}`}>{set.name.split("/")[1]}</Link> })}</p>
          <Changes caption={tr("What was changed")} changes={found.value?.changes ?? []} />
          {set.changeCount > shownChanges && <p class="weak">{tr("The first {n} are shown.", { n: shownChanges })}</p>}
          <p><UndoButton name={set.name} onDone={onUndone} /></p>
        </>
      )}
    </section>
  );
}
