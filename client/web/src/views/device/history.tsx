import { useState } from "preact/hooks";
import { AuditService } from "#gen/kirikae/v1/audit_service_pb";
import { InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { Value } from "../../parts/changes";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { Refusal } from "../../parts/refusal";
import { isUndoable, UndoButton, whyNoUndo } from "../../parts/undo";
import { Waiting } from "../../parts/waiting";
import { rich, tr } from "../../words/sentence";
import { dayAndTime } from "../../words/time";
import { fieldName } from "../../words/values";

type Props = { device: string; asOf: string; knownAt: string; round: number; onUndone: () => void };

/** The changes of a device, newest first, each act with its undo. */
export function History({ device, asOf, knownAt, round, onUndone }: Props) {
  const [pageToken, setPageToken] = useState("");
  const page = useRead(
    (signal) => client(InventoryService).listDeviceHistory({ parent: device, asOf, knownAt, pageToken, pageSize: 100 }, { signal }),
    [device, asOf, knownAt, pageToken, round],
  );
  // Which of the acts can be undone at all. Who may not read the record undoes nothing either.
  const acts = useRead(
    (signal) => client(AuditService).listChangeSets({ record: device, pageSize: 1000 }, { signal }).then(({ changeSets }) => new Map(changeSets.map(({ name, act }) => [name, act])), () => new Map<string, string>()),
    [device, round],
  );
  const mayUndo = (changeSet: string, by: string) => isUndoable(acts.value?.get(changeSet) ?? "") && whyNoUndo(by) === "";
  const entries = page.value?.entries ?? [];
  return (
    <section class="stack" aria-labelledby="history">
      <h2 id="history">{tr("History")}</h2>
      <Refusal failure={page.failure} onRetry={page.again} />
      {page.value === undefined && page.failure === null && <Waiting />}
      {page.value && entries.length === 0 && <p class="box">{tr("Nothing is recorded for this time.")}</p>}
      {entries.length > 0 && (
        <div class="scroller" tabIndex={0} role="region" aria-label={tr("Changes of the device")}>
          <table class="history">
            <thead><tr>
              <th scope="col">{tr("happened")}</th><th scope="col">{tr("who")}</th><th scope="col">{tr("field")}</th>
              <th scope="col">{tr("before")}</th><th scope="col">{tr("after")}</th><th scope="col">{tr("change set")}</th>
            </tr></thead>
            <tbody>
              {entries.map((entry, at) => {
                const first = entries[at - 1]?.changeSet !== entry.changeSet;
                const number = entry.changeSet.split("/")[1] ?? "";
                return (
                  <tr key={at} class={first ? "" : "same"} data-field={entry.field}>
                    <td>{first && <>{dayAndTime(entry.effectiveTime)}{dayAndTime(entry.recordedTime) !== dayAndTime(entry.effectiveTime) && <span class="small weak block">{tr("recorded {time}", { time: dayAndTime(entry.recordedTime) })}</span>}</>}</td>
                    <td>{first && <><bdi>{entry.actor}</bdi>{entry.reason && <span class="small weak block"><bdi>{entry.reason}</bdi></span>}</>}</td>
                    <td>{fieldName("devices/", entry.field)}</td>
                    <td><Value record="devices/" field={entry.field} value={entry.oldValue} /></td>
                    <td>→ <Value record="devices/" field={entry.field} value={entry.newValue} /></td>
                    <td>{first && (
                      <span class="row"><Link to={`/records/${number}`}>{number}</Link>
                        {entry.undoneBy !== "" && <span class="small">{rich("undone by {set}", { set: <Link to={`/records/${entry.undoneBy.split("/")[1]}`}>{entry.undoneBy.split("/")[1]}</Link> })}</span>}
                        {entry.undoneBy === "" && asOf === "" && knownAt === "" && mayUndo(entry.changeSet, entry.actor) && <UndoButton name={entry.changeSet} onDone={onUndone} />}
                      </span>
                    )}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Pager first={pageToken === ""} more={(page.value?.nextPageToken ?? "") !== ""} onFirst={() => setPageToken("")} onNext={() => setPageToken(page.value?.nextPageToken ?? "")} />
    </section>
  );
}
