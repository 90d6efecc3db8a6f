// The proof of the record: verifying it, and its checkpoints.
import { useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { AuditService, type Checkpoint, type VerifyAuditLogResponse } from "#gen/kirikae/v1/audit_service_pb";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import type { View } from "../../app/view";
import { useAct } from "../../parts/act";
import { download } from "../../parts/download";
import { AreaField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { Pager } from "../../parts/pager";
import { RecordLink } from "../../parts/record_link";
import { Refusal } from "../../parts/refusal";
import { said } from "../../words/language";
import { figure, tr, trn } from "../../words/sentence";
import { dayAndTime } from "../../words/time";
import { Tabs } from "./view";

const keep = ({ note, size }: Checkpoint) => download(`checkpoint-${size}.txt`, "text/plain", [note]);

function Verify() {
  const [kept, setKept] = useState("");
  const [report, setReport] = useState<VerifyAuditLogResponse | null>(null);
  const [fault, setFault] = useState("");
  const act = useAct();
  const verify = (event: Event) => {
    event.preventDefault();
    setReport(null);
    const given = kept.replace(/\r\n/g, "\n").trim();
    // Where the first signature of a note begins.
    const isNote = given === "" || /\n\n\u2014 /.test(given);
    setFault(isNote ? "" : tr("This is no checkpoint: it has no signature. Paste its whole text."));
    if (isNote) act.run(async () => setReport(await client(AuditService).verifyAuditLog({ checkpoints: kept.trim() === "" ? [] : [kept.trimStart()] }, { timeoutMs: 600_000 })));
  };
  return (
    <form class="box stack" onSubmit={verify}>
      <h2>{tr("Verify the record")}</h2>
      <AreaField label={tr("Checkpoints that were kept elsewhere")} help={tr("Their text, one or several. Without any, only the hashes are checked.")} value={kept} onValue={setKept} fault={fault} rows={5} />
      <input type="file" multiple aria-label={tr("Checkpoints from files")} onChange={(event) => void Promise.all([...(event.currentTarget.files ?? [])].map((file) => file.text())).then((texts) => setKept(texts.join("\n")))} />
      <div class="row">
        <button class="button main" type="submit" aria-disabled={act.busy}>{tr("Verify")}</button>
        {act.busy && <span role="status">{tr("Every hash is computed anew…")}</span>}
      </div>
      <Refusal failure={act.failure} />
      {report && (
        <section class={`box ${report.intact && report.findings.length === 0 ? "good" : "bad"} stack`} role="status" data-intact={report.intact}>
          <p><strong>{report.intact ? tr("The record is intact.") : tr("The record was altered.")}</strong>{" "}
            {trn("One change set was checked.", "{n} change sets were checked.", Number(report.checked))} {trn("One checkpoint was compared.", "{n} checkpoints were compared.", report.checkpoints)}</p>
          {report.findings.length > 0 && <ul class="stack">{report.findings.map((one, at) => <li key={at}>{one.changeSet && <><RecordLink name={one.changeSet} />: </>}{said(one.message)}</li>)}</ul>}
          <p class="small">{tr("newest hash")}: <code>{report.headHash}</code></p>
        </section>
      )}
    </form>
  );
}

function Checkpoints() {
  const [pageToken, setPageToken] = useState("");
  const [made, setMade] = useState<Checkpoint | null>(null);
  const act = useAct();
  const page = useRead((signal) => client(AuditService).listCheckpoints({ pageToken, pageSize: 50 }, { signal }), [pageToken]);
  const make = () => act.run(async () => {
    const checkpoint = await client(AuditService).getCheckpoint({});
    setMade(checkpoint);
    keep(checkpoint);
  });
  const checkpoints = page.value?.checkpoints ?? [];
  return (
    <section class="box stack" aria-labelledby="checkpoints">
      <h2 id="checkpoints">{tr("Checkpoints")}</h2>
      <p>{tr("A signed text that says what the record is now. Keep it where who runs the service can't reach it.")}</p>
      <p><button class="button" type="button" data-checkpoint aria-disabled={act.busy} onClick={make}>{tr("Sign one and save it")}</button></p>
      <Refusal failure={act.failure ?? page.failure} />
      {made && <div class="box good stack" role="status"><p>{trn("It covers one change set. Its key:", "It covers {n} change sets. Its key:", Number(made.size))} <code>{made.publicKey}</code></p><pre>{made.note}</pre></div>}
      {page.value && checkpoints.length === 0 && <p class="weak">{tr("The service has kept none yet.")}</p>}
      {checkpoints.length > 0 && (
        <div class="scroller" tabIndex={0} role="region" aria-label={tr("The checkpoints that the service keeps")}>
          <table>
            <thead><tr><th scope="col">{tr("made")}</th><th scope="col">{tr("change sets")}</th><th scope="col"><span class="away">{tr("Save")}</span></th></tr></thead>
            <tbody>{checkpoints.map((one, at) => <tr key={at}><th scope="row">{dayAndTime(one.createTime)}</th><td class="number">{figure(Number(one.size))}</td><td><button class="button" type="button" aria-label={`${tr("Save")}: ${dayAndTime(one.createTime)}`} onClick={() => keep(one)}>{tr("Save")}</button></td></tr>)}</tbody>
          </table>
        </div>
      )}
      <Pager first={pageToken === ""} more={(page.value?.nextPageToken ?? "") !== ""} onFirst={() => setPageToken("")} onNext={() => setPageToken(page.value?.nextPageToken ?? "")} />
    </section>
  );
}

function Proof() {
  const audits = isOneOf(Role.AUDITOR);
  return (
    <div class="stack">
      <div class="row"><h1 class="grow">{tr("Proof")}</h1><Tabs /></div>
      {audits ? <Verify /> : <p class="box warn">{tr("Auditors and administrators verify the record.")}</p>}
      {isOneOf(Role.AUDITOR, Role.APPROVER) && <Checkpoints />}
    </div>
  );
}

export const view: View = { title: () => tr("Proof"), Body: Proof };
