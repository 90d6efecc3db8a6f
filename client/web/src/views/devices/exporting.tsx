import { useState } from "preact/hooks";
import { ExportForm, ImportService, type LostCharacter } from "#gen/kirikae/v1/import_service_pb";
import { client } from "../../api/transport";
import { useAct } from "../../parts/act";
import { toast } from "../../parts/announcer";
import { Dialog } from "../../parts/dialog";
import { download } from "../../parts/download";
import { Refusal } from "../../parts/refusal";
import { RecordLink } from "../../parts/record_link";
import { tr, trn } from "../../words/sentence";

const forms: [ExportForm, string, string, string][] = [
  [ExportForm.CSV, "CSV (UTF-8)", "csv", "text/csv"],
  [ExportForm.CSV_CP932, "CSV (CP932)", "csv", "text/csv"],
  [ExportForm.XLSX, "Excel (XLSX)", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [ExportForm.JSON_LINES, "JSON Lines", "jsonl", "application/jsonl"],
];

const mostShown = 100;

/** Downloads the devices of a filter, and says which characters the file lacks. */
export function Exporting({ filter, onClose }: { filter: string; onClose: () => void }) {
  const act = useAct();
  const [lost, setLost] = useState<LostCharacter[]>([]);
  const give = (form: ExportForm, end: string, type: string) => act.run(async () => {
    const chunks: BlobPart[] = [];
    const missed: LostCharacter[] = [];
    for await (const part of client(ImportService).exportDevices({ form, filter }, { timeoutMs: 0 })) {
      if (part.chunk.length > 0) chunks.push(part.chunk as Uint8Array<ArrayBuffer>);
      missed.push(...part.lost);
    }
    download(`devices.${end}`, type, chunks);
    setLost(missed);
    if (missed.length === 0) toast("good", tr("The file is complete."));
  });
  return (
    <Dialog title={tr("Export")} onClose={onClose}>
      <p>{filter === "" ? tr("All devices, in a file that can be imported again.") : tr("The devices of the filter, in a file that can be imported again.")}</p>
      <div class="row">
        {forms.map(([form, word, end, type]) => (
          <button key={form} class="button" type="button" aria-disabled={act.busy} data-export={ExportForm[form]} onClick={() => give(form, end, type)}>{word}</button>
        ))}
      </div>
      <Refusal failure={act.failure} />
      {lost.length > 0 && (
        <section class="box warn stack" data-lost={lost.length}>
          <p>{trn("One character is not in the file as it is stored. UTF-8 has it.", "{n} characters are not in the file as they are stored. UTF-8 has them.", lost.length)}</p>
          <div class="scroller" tabIndex={0} role="region" aria-label={tr("Characters that are missing")}>
            <table>
              <thead><tr><th scope="col">{tr("device")}</th><th scope="col">{tr("column")}</th><th scope="col">{tr("stored")}</th><th scope="col">{tr("in the file")}</th></tr></thead>
              <tbody>
                {lost.slice(0, mostShown).map((one, at) => (
                  <tr key={at}><th scope="row"><RecordLink name={one.device} /></th><td><bdi>{one.column}</bdi></td><td><bdi>{one.cell}</bdi> <span class="weak">{one.codePoint}</span></td><td>{one.codePoint === "" ? tr("cut off") : <bdi>{one.writtenAs || tr("(none)")}</bdi>}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <p><button class="button" type="button" onClick={onClose}>{tr("Close")}</button></p>
    </Dialog>
  );
}
