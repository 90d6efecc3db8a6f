import { useRef, useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Import, ImportKind, ImportKindSchema, ImportService } from "#gen/kirikae/v1/import_service_pb";
import { faultOf } from "../../api/failure";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { useAct } from "../../parts/act";
import { SelectField, TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { Refusal } from "../../parts/refusal";
import { tr } from "../../words/sentence";
import { choices } from "../../words/terms";
import { mostBytes, previewFile } from "./preview";

const encodings = ["UTF-8", "CP932", "EUC-JP", "UTF-16"];

/** Takes a file and has it previewed. */
export function Choose({ onPreview }: { onPreview: (made: Import) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [kind, setKind] = useState(ImportKind.DEVICES);
  const [profile, setProfile] = useState("");
  const [encoding, setEncoding] = useState("");
  const [sheet, setSheet] = useState("");
  const [flags, setFlags] = useState({ retireMissing: false, force: false, acceptDatesAsText: false });
  const act = useAct();
  const profiles = useRead((signal) => client(ImportService).listProfiles({ kind }, { signal }), [kind]);
  const take = (files: FileList | null | undefined) => {
    const first = files?.[0];
    if (first === undefined) return;
    setFile(first);
    act.clear();
  };
  const tooLarge = file !== null && file.size > mostBytes;
  const submit = (event: Event) => {
    event.preventDefault();
    if (file === null || tooLarge) {
      input.current?.focus();
      return;
    }
    const devices = kind === ImportKind.DEVICES;
    act.run(async () => onPreview(await previewFile(file, {
      kind, profile, encoding, sheet, acceptDatesAsText: flags.acceptDatesAsText, retireMissing: devices && flags.retireMissing, force: devices && flags.force,
    })));
  };
  const flag = (name: keyof typeof flags, word: string) => (
    <label class="check"><input type="checkbox" checked={flags[name]} onChange={() => setFlags({ ...flags, [name]: !flags[name] })} /> {word}</label>
  );
  const said = tooLarge ? tr("The file is larger than 64 MiB. Split it.") : file ? `${file.name} (${Math.ceil(file.size / 1024).toLocaleString()} KiB)` : "";
  return (
    <form class="stack" onSubmit={submit}>
      {!isOneOf(Role.PLANNER) && <p class="box warn">{tr("Planners and administrators apply an import. You can see what a file would change.")}</p>}
      <div class={`drop ${over ? "over" : ""}`} data-drop
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files); }}>
        <label for="file"><strong>{tr("Drop a file here, or choose one")}</strong></label>
        <p class="weak small" id="file-help">{tr("CSV, TSV or Excel, at most 64 MiB. Nothing is changed before you have seen every row.")}</p>
        <input ref={input} id="file" type="file" accept=".csv,.tsv,.txt,.xlsx,.xlsm" aria-describedby="file-help file-said" onChange={(event) => take(event.currentTarget.files)} />
        <p id="file-said" role="status" class={tooLarge ? "fault" : ""}><bdi>{said}</bdi></p>
      </div>
      <div class="fields">
        <SelectField label={tr("What the file holds")} value={String(kind)} onValue={(value) => { setKind(Number(value)); setProfile(""); }}
          options={choices(ImportKindSchema).map(({ value, word }) => ({ value: String(value), word }))} />
        <SelectField label={tr("Profile")} value={profile} onValue={setProfile} fault={faultOf(act.failure, "profile")}
          options={[{ value: "", word: tr("by the header") }, ...(profiles.value?.profiles ?? []).map(({ name }) => name.slice(name.indexOf("/") + 1)).map((value) => ({ value, word: value }))]} />
        <SelectField label={tr("Encoding")} value={encoding} onValue={setEncoding} fault={faultOf(act.failure, "encoding")}
          options={[{ value: "", word: tr("found from the file") }, ...encodings.map((value) => ({ value, word: value }))]} />
        <TextField label={tr("Sheet")} value={sheet} onValue={setSheet} fault={faultOf(act.failure, "sheet")} />
      </div>
      <div class="stack">
        {kind === ImportKind.DEVICES && flag("retireMissing", tr("Retire active devices that the file does not name"))}
        {kind === ImportKind.DEVICES && flags.retireMissing && flag("force", tr("Even if they are more than a tenth"))}
        {flag("acceptDatesAsText", tr("Take tags that look like dates as they stand"))}
      </div>
      <Refusal failure={act.failure} shown={["profile", "encoding", "sheet"]} />
      <div class="row">
        <button class="button main" type="submit" aria-disabled={act.busy || file === null || tooLarge}>{tr("Read and show every row")}</button>
        {act.busy && <span role="status">{tr("The file is sent and read…")}</span>}
      </div>
    </form>
  );
}
