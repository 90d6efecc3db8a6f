// The record: change sets, newest first.
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { AuditService } from "#gen/kirikae/v1/audit_service_pb";
import { faultOf } from "../../api/failure";
import { actor, isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { SelectField, SettledField, TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { Pill } from "../../parts/pill";
import { Refusal } from "../../parts/refusal";
import { isUndoable, UndoButton, whyNoUndo } from "../../parts/undo";
import { Waiting } from "../../parts/waiting";
import { actName, actsOfChoice } from "../../words/acts";
import { figure, rich, tr } from "../../words/sentence";
import { dayAndTime } from "../../words/time";
import "./records.css";

/** Who reads the record. */
export const mayRead = () => isOneOf(Role.AUDITOR, Role.OPERATOR, Role.PLANNER, Role.APPROVER);

/** The views of the record. */
export function Tabs() {
  const tabs = [["/records", tr("Changes"), mayRead()], ["/records/proof", tr("Proof"), isOneOf(Role.AUDITOR, Role.APPROVER)], ["/records/tokens", tr("Tokens"), isOneOf(Role.ADMIN)]] as const;
  return <div class="row no-print">{tabs.filter(([, , may]) => may).map(([to, word]) => <Link key={to} class="button" to={to} aria-current={location.pathname === to ? "page" : undefined}>{word}</Link>)}</div>;
}

// `TSM-00123` is short for `devices/TSM-00123`.
const recordName = (typed: string) => (typed === "" || typed.includes("/") ? typed : `devices/${typed.toUpperCase()}`);

function Records() {
  const get = (name: string) => query.value.get(name) ?? "";
  const [by, record, day, act, pageToken] = [get("actor"), get("record"), get("day"), get("act"), get("page")];
  const page = useRead((signal) => client(AuditService).listChangeSets({ actor: by, record, day, act, pageToken, pageSize: 100 }, { signal }), [by, record, day, act, pageToken]);
  const set = (name: string) => (value: string) => setQuery({ [name]: value, page: "" }, true);
  const sets = page.value?.changeSets ?? [];
  const filtered = by !== "" || record !== "" || day !== "" || act !== "";
  return (
    <div class="stack">
      <div class="row"><h1 class="grow">{tr("Records")}</h1><Tabs /></div>
      {!mayRead() && <p class="box warn">{tr("Operators, planners, approvers, auditors and administrators read the record.")}</p>}
      <section class="fields no-print" aria-label={tr("Filter")}>
        <SettledField label={tr("who")} value={by} onSettled={set("actor")} fault={faultOf(page.failure, "actor")} />
        <SettledField label={tr("record")} value={record} onSettled={(typed) => set("record")(recordName(typed))} fault={faultOf(page.failure, "record")} />
        <TextField type="date" label={tr("day")} value={day} onValue={set("day")} fault={faultOf(page.failure, "day")} />
        <SelectField label={tr("act")} value={act} onValue={set("act")} fault={faultOf(page.failure, "act")} options={[
          { value: "", word: tr("all") }, ...(actsOfChoice.some((one) => one === act) || act === "" ? [] : [{ value: act, word: actName(act) }]),
          ...actsOfChoice.map((value) => ({ value, word: actName(value) })),
        ]} />
        <p class="row">
          <button class="button" type="button" onClick={() => setQuery({ actor: actor(), page: "" }, true)}>{tr("My own")}</button>
          {filtered && <button class="button plain" type="button" onClick={() => setQuery({ actor: "", record: "", day: "", act: "", page: "" }, true)}>{tr("Without a filter")}</button>}
        </p>
      </section>
      <Refusal failure={page.failure} shown={["actor", "record", "day", "act"]} onRetry={page.again} />
      {page.value === undefined && page.failure === null && <Waiting />}
      {page.value && sets.length === 0 && <p class="box">{tr("No change matches. Take a condition out of the filter.")}</p>}
      {sets.length > 0 && (
        <div class="scroller" tabIndex={0} role="region" aria-label={tr("Changes")}>
          <table class="records">
            <thead><tr><th scope="col">{tr("change set")}</th><th scope="col">{tr("recorded")}</th><th scope="col">{tr("who")}</th><th scope="col">{tr("act")}</th><th scope="col">{tr("fields")}</th><th scope="col">{tr("reason")}</th><th scope="col"><span class="away">{tr("Undo")}</span></th></tr></thead>
            <tbody>
              {sets.map((one) => {
                const number = one.name.split("/")[1] ?? "";
                return (
                  <tr key={one.name} data-set={number}>
                    <th scope="row"><Link to={`/records/${number}`}>{number}</Link></th>
                    <td>{dayAndTime(one.recordedTime)}</td>
                    <td><bdi>{one.actor}</bdi></td>
                    <td>{actName(one.act)}{one.undoes && <> → <Link to={`/records/${one.undoes.split("/")[1]}`}>{one.undoes.split("/")[1]}</Link></>}</td>
                    <td class="number"><Link to={`/records/${number}`} aria-label={`${number}: ${figure(one.changeCount)}`}>{figure(one.changeCount)}</Link></td>
                    <td class="long"><bdi>{one.reason}</bdi></td>
                    <td>{one.undoneBy !== "" ? <Pill>{rich("undone by {set}", { set: <Link to={`/records/${one.undoneBy.split("/")[1]}`}>{one.undoneBy.split("/")[1]}</Link> })}</Pill>
                      : isUndoable(one.act) && whyNoUndo(one.actor) === "" && <UndoButton name={one.name} onDone={page.again} />}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Pager first={pageToken === ""} more={(page.value?.nextPageToken ?? "") !== ""} onFirst={() => setQuery({ page: "" }, true)} onNext={() => setQuery({ page: page.value?.nextPageToken ?? "" }, true)} />
    </div>
  );
}

export const view: View = { title: () => tr("Records"), Body: Records };
