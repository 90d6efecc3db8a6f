// One change set with all that it changed.
import type { ComponentChildren } from "preact";
import { AuditService } from "#gen/kirikae/v1/audit_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { Changes } from "../../parts/changes";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { RecordLink } from "../../parts/record_link";
import { Refusal } from "../../parts/refusal";
import { UndoButton, whyNoUndo } from "../../parts/undo";
import { Waiting } from "../../parts/waiting";
import { actName } from "../../words/acts";
import { tr, trn } from "../../words/sentence";
import { dayAndTime } from "../../words/time";
import { Tabs } from "./view";

function ChangeSetView({ parameters }: { parameters: Record<string, string> }) {
  const number = parameters["number"] ?? "";
  const pageToken = query.value.get("page") ?? "";
  const found = useRead((signal) => client(AuditService).getChangeSet({ name: `changeSets/${number}`, pageToken, pageSize: 200 }, { signal }), [number, pageToken]);
  const set = found.value?.changeSet;
  const why = set ? whyNoUndo(set.actor) : "";
  const facts: [string, ComponentChildren][] = set ? [
    [tr("act"), actName(set.act)], [tr("who"), <bdi>{set.actor}</bdi>], [tr("happened"), dayAndTime(set.effectiveTime)], [tr("recorded"), dayAndTime(set.recordedTime)],
    [tr("reason"), set.reason && <bdi>{set.reason}</bdi>], [tr("undoes"), set.undoes && <RecordLink name={set.undoes} />],
    [tr("undone by"), set.undoneBy && <RecordLink name={set.undoneBy} />], [tr("hash"), <code>{set.hash}</code>],
  ] : [];
  return (
    <div class="stack">
      <div class="row"><h1 class="grow">{tr("Change set {number}", { number })}</h1><Tabs /></div>
      <Refusal failure={found.failure} onRetry={found.failure?.lost ? found.again : undefined} />
      {found.loading && !set && <Waiting />}
      {set && (
        <>
          <dl class="facts box">{facts.filter(([, value]) => value).map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>
          <div class="row no-print">
            {set.undoneBy === "" && set.undoes === "" && (why === "" ? <UndoButton name={set.name} onDone={found.again} /> : <p class="weak">{why}</p>)}
            <Link class="button" to={`/records?${new URLSearchParams({ actor: set.actor })}`}>{tr("All of this person")}</Link>
          </div>
          {set.changeCount > 0 && <Changes caption={trn("One field changed", "{n} fields changed", set.changeCount)} changes={found.value?.changes ?? []} />}
          {set.changeCount === 0 && <p class="box">{tr("It changed no field.")}</p>}
          <Pager first={pageToken === ""} more={(found.value?.nextPageToken ?? "") !== ""} onFirst={() => setQuery({ page: "" }, true)} onNext={() => setQuery({ page: found.value?.nextPageToken ?? "" }, true)} />
        </>
      )}
    </div>
  );
}

export const view: View = { title: ({ number = "" }) => tr("Change set {number}", { number }), Body: ChangeSetView };
