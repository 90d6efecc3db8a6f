// The list of devices.
import { useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { faultOf } from "../../api/failure";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { Refusal } from "../../parts/refusal";
import { Waiting } from "../../parts/waiting";
import { tr, trn } from "../../words/sentence";
import { label } from "../../words/terms";
import { fullDay } from "../../words/time";
import { columns, shownColumns, toggleColumn } from "./columns";
import { Exporting } from "./exporting";
import { FilterForm } from "./filter_form";
import "./devices.css";

const pageSize = 100;

// A column's header, which orders by it.
function Header({ field, ordered }: { field: string; ordered: boolean }) {
  const order = query.value.get("order") ?? "asset_tag";
  const now = order === field ? "ascending" : order === `${field} desc` ? "descending" : undefined;
  if (!ordered) return <th scope="col">{label("Device", field)}</th>;
  const next = now === "ascending" ? `${field} desc` : field === "asset_tag" ? "" : field;
  return (
    <th scope="col" aria-sort={now}>
      <button class="button plain" type="button" onClick={() => setQuery({ order: next, page: "" }, true)}>
        {label("Device", field)}<span aria-hidden="true">{now === "ascending" ? " ▲" : now === "descending" ? " ▼" : ""}</span>
      </button>
    </th>
  );
}

function Columns() {
  const shown = shownColumns().map(({ field }) => field);
  return (
    <details class="no-print">
      <summary>{tr("Columns")}</summary>
      <fieldset class="checks">
        <legend class="away">{tr("Columns")}</legend>
        {columns.map(({ field }) => (
          <label key={field} class="check"><input type="checkbox" checked={shown.includes(field)} onChange={() => toggleColumn(field)} /> {label("Device", field)}</label>
        ))}
      </fieldset>
    </details>
  );
}

function Devices() {
  const [exporting, setExporting] = useState(false);
  const get = (name: string) => query.value.get(name) ?? "";
  const [filter, orderBy, pageToken, asOf, knownAt] = [get("filter"), get("order"), get("page"), get("as_of"), get("known_at")];
  const page = useRead(
    (signal) => client(InventoryService).listDevices({ filter, orderBy, pageToken, asOf, knownAt, pageSize }, { signal }),
    [filter, orderBy, pageToken, asOf, knownAt],
  );
  const devices = page.value?.devices ?? [];
  const more = (page.value?.nextPageToken ?? "") !== "";
  const past = [asOf && tr("as of the end of {day}", { day: fullDay(asOf) }), knownAt && tr("as known at the end of {day}", { day: fullDay(knownAt) })].filter(Boolean).join(", ");
  const mayWrite = isOneOf(Role.OPERATOR, Role.PLANNER);
  const then = new URLSearchParams([["as_of", asOf], ["known_at", knownAt]].filter(([, day]) => day !== "") as [string, string][]).toString();
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grow">{tr("Devices")}</h1>
        <Link class="button" to="/devices/import">{tr("Import")}</Link>
        <button class="button" type="button" onClick={() => setExporting(true)}>{tr("Export")}</button>
        {mayWrite && <Link class="button" to={`/devices/change?${new URLSearchParams({ filter })}`}>{tr("Change all of these")}</Link>}
      </div>
      <FilterForm fault={faultOf(page.failure, "filter")} />
      <Refusal failure={page.failure} shown={["filter"]} onRetry={page.again} />
      {page.value === undefined && page.failure === null && <Waiting />}
      {page.value && page.failure === null && (
        <>
          <div class="row">
            <p class="grow" role="status" data-count={devices.length}>
              <strong>{pageToken !== "" || more ? trn("One device on this page", "{n} devices on this page", devices.length) : trn("One device", "{n} devices", devices.length)}</strong>
              {past && <> {past}</>}{more && <> <span class="weak">{tr("More follow.")}</span></>}
            </p>
            {get("filter") !== "" && <button class="button plain" type="button" onClick={() => setQuery({ filter: "", page: "" }, true)}>{tr("Without a filter")}</button>}
          </div>
          {devices.length === 0 && <p class="box">{filter === "" ? tr("There are no devices yet. Import the inventory.") : tr("No device matches. Take a condition out of the filter.")}</p>}
          {devices.length > 0 && (
            <div class="scroller" tabIndex={0} role="region" aria-label={tr("Devices")}>
              <table class="list" aria-busy={page.loading}>
                <thead><tr><Header field="asset_tag" ordered />{shownColumns().map(({ field, ordered }) => <Header key={field} field={field} ordered={ordered === true} />)}</tr></thead>
                <tbody>
                  {devices.map((device) => (
                    <tr key={device.name}>
                      <th scope="row"><Link to={`/devices/${encodeURIComponent(device.assetTag)}${then && `?${then}`}`}><bdi>{device.assetTag}</bdi></Link></th>
                      {shownColumns().map(({ field, cell }) => <td key={field} class={field === "note" || field === "labels" ? "long" : ""}>{cell(device)}</td>)}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <Pager first={pageToken === ""} more={more} onFirst={() => setQuery({ page: "" }, true)} onNext={() => setQuery({ page: page.value?.nextPageToken ?? "" }, true)} />
          <Columns />
        </>
      )}
      {exporting && <Exporting filter={filter} onClose={() => setExporting(false)} />}
    </div>
  );
}

export const view: View = { title: () => tr("Devices"), Body: Devices };
