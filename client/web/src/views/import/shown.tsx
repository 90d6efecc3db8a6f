// A stored preview: its figures, its rows, and applying exactly it.
import { useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Import, ImportKindSchema, ImportService } from "#gen/kirikae/v1/import_service_pb";
import { faultOf } from "../../api/failure";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import { useAct } from "../../parts/act";
import { CountLink } from "../../parts/count_link";
import { TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { Refusal } from "../../parts/refusal";
import { UndoButton } from "../../parts/undo";
import { Waiting } from "../../parts/waiting";
import { rich, tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { downloadFaults } from "./faults";
import { allProblems, rowsOf, type Show, shows } from "./preview";
import { RowTable } from "./rows";

function wordOf(show: Show): string {
  switch (show) {
    case "all": return tr("all rows");
    case "problems": return tr("rows with faults");
    case "errors": return tr("errors");
    case "warnings": return tr("warnings");
    case "creates": return tr("new");
    case "updates": return tr("changed");
    case "unchanged": return tr("unchanged");
    case "missing": return tr("not in the file");
    case "retires": return tr("to be retired");
    case "follows": return tr("devices that follow");
  }
}

const figures = ["creates", "updates", "unchanged", "errors", "warnings", "missing", "retires", "follows"] as const;

function Figures({ preview }: { preview: Import }) {
  const to = (show: Show) => `/devices/import?${new URLSearchParams({ preview: preview.name.split("/")[1] ?? "", show })}`;
  return (
    <dl class="figures">
      {figures.map((name) => (
        <div key={name} data-figure={name} data-value={preview[name]}><dt>{wordOf(name)}</dt><dd><CountLink count={preview[name]} to={to(name)} of={wordOf(name)} /></dd></div>
      ))}
    </dl>
  );
}

function Applying({ preview, onDone }: { preview: Import; onDone: () => void }) {
  const act = useAct();
  const [options] = useState(() => newAct());
  const [reason, setReason] = useState("");
  const changes = preview.creates + preview.updates + preview.retires + preview.follows;
  if (preview.errors > 0) {
    return <p class="box bad" data-blocked>{trn("One row has an error, so nothing can be applied. Correct the file and read it again.", "{n} rows have errors, so nothing can be applied. Correct the file and read it again.", preview.errors)}</p>;
  }
  if (!isOneOf(Role.PLANNER)) return <p class="box warn">{tr("Planners and administrators apply an import. You can show this page to one of them.")}</p>;
  if (changes === 0) return <p class="box">{tr("The inventory has all of this already. There is nothing to apply.")}</p>;
  const apply = (event: Event) => {
    event.preventDefault();
    act.run(async () => {
      await client(ImportService).applyImport({ name: preview.name, options: { ...options, reason } }, { timeoutMs: 600_000 });
      onDone();
    });
  };
  return (
    <form class="box stack" onSubmit={apply}>
      <h2>{tr("Apply exactly this")}</h2>
      <TextField label={tr("Reason, for the record")} value={reason} onValue={setReason} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />
      <Refusal failure={act.failure} shown={["options.reason"]} />
      <p><button class="button main" type="submit" data-apply aria-disabled={act.busy}>{trn("Apply one change", "Apply {n} changes", changes)}</button></p>
    </form>
  );
}

/** A preview by its name, `imports/3`. */
export function Shown({ name }: { name: string }) {
  const asked = (query.value.get("show") ?? "") as Show;
  const pageToken = query.value.get("page") ?? "";
  const found = useRead((signal) => client(ImportService).getImport({ name }, { signal }), [name]);
  const preview = found.value;
  const show: Show = shows.includes(asked) ? asked : preview && preview.problemCount > 0 ? "problems" : "all";
  const page = useRead(async (signal) => (preview === undefined ? undefined : rowsOf(name, show, pageToken, signal)), [preview?.name, show, pageToken]);
  const faults = useAct();
  if (preview === undefined) return <><Refusal failure={found.failure} onRetry={found.again} />{found.failure === null && <Waiting />}</>;
  const number = preview.changeSet.split("/")[1] ?? "";
  return (
    <div class="stack" data-preview={preview.name}>
      <section class="stack" aria-labelledby="what-it-does">
        <h2 id="what-it-does"><bdi>{preview.fileName}</bdi></h2>
        <p class="weak">{[term(ImportKindSchema, preview.kind), preview.encoding, preview.sheet].filter(Boolean).map((one) => <><bdi>{one}</bdi> </>)}</p>
        <Figures preview={preview} />
      </section>
      {preview.changeSet === "" ? <Applying preview={preview} onDone={found.again} /> : (
        <section class="box good stack" role="status" data-applied={preview.changeSet}>
          <p>{rich("Applied by change set {set}, which has all that it changed.", { set: <Link to={`/records/${number}`}>{number}</Link> })}</p>
          <p><UndoButton name={preview.changeSet} onDone={found.again} /></p>
        </section>
      )}
      <div class="row no-print">
        <label class="row"><span>{tr("Rows shown")}</span>
          <span class="field"><select value={show} onChange={(event) => setQuery({ show: event.currentTarget.value, page: "" }, true)}>
            {shows.map((one) => <option key={one} value={one} selected={one === show}>{wordOf(one)}</option>)}
          </select></span>
        </label>
        {preview.problemCount > 0 && (
          <button class="button" type="button" data-faults aria-disabled={faults.busy} onClick={() => faults.run(async () => downloadFaults(preview.fileName, await allProblems(name)))}>
            {trn("Download one fault as CSV", "Download {n} faults as CSV", preview.problemCount)}
          </button>
        )}
      </div>
      <Refusal failure={faults.failure ?? page.failure} onRetry={page.again} />
      {page.value === undefined ? page.failure === null && <Waiting /> : (
        <>
          {page.value.rows.length === 0 ? <p class="box">{tr("No row is of this kind.")}</p> : <RowTable rows={page.value.rows} />}
          <Pager first={pageToken === ""} more={page.value.next !== ""} onFirst={() => setQuery({ page: "" }, true)} onNext={() => setQuery({ page: page.value?.next ?? "" }, true)} />
        </>
      )}
    </div>
  );
}
