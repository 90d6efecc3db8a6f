import type { DescEnum } from "@bufbuild/protobuf";
import { useState } from "preact/hooks";
import { AuthMethodSchema, CameraSchema, DeviceKindSchema, DeviceStateSchema, NetworkSchema, PlacementStateSchema } from "#gen/kirikae/v1/types_pb";
import { InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { client } from "../../api/transport";
import { query, setQuery } from "../../app/router";
import { announce, type Tone, toast } from "../../parts/announcer";
import { SelectField, SettledField, TextField } from "../../parts/field";
import { ScanPad } from "../../parts/scan_pad";
import { play } from "../../parts/sound";
import { readTag } from "../../parts/tag";
import { useRead } from "../../parts/use_read";
import { tr, trn } from "../../words/sentence";
import { choices, label } from "../../words/terms";
import { filterOfTags, partsOf, tagsOf, withPart } from "./filter";

const sets: readonly (readonly [string, DescEnum])[] = [
  ["effective_method", AuthMethodSchema], ["state", DeviceStateSchema], ["kind", DeviceKindSchema], ["network", NetworkSchema],
  ["camera", CameraSchema], ["placement.state", PlacementStateSchema],
];

// The service compares so many in one filter.
const mostTags = 50;

function change(values: Record<string, string>): void {
  setQuery({ ...values, page: "" }, true);
}

// The paths of the departments that a text names by a part of them, at most 20.
async function pathsOf(typed: string, signal?: AbortSignal): Promise<string[]> {
  if (typed === "") return [];
  const { departments } = await client(InventoryService).lookupDevices({ query: typed, pageSize: 1 }, { signal });
  return departments.map(({ department }) => department);
}

// The department, with those that exist while typing. A part that only one of them has stands for its whole path.
function Department({ value, onSettled }: { value: string; onSettled: (value: string) => void }) {
  const [typed, setTyped] = useState("");
  const found = useRead((signal) => pathsOf(typed.trim(), signal), [typed]);
  const settle = async (text: string) => {
    onSettled(text);
    const [path, ...others] = await pathsOf(text).catch(() => []);
    const now = query.value.get("filter") ?? "";
    const isBeginning = `${path}/`.startsWith(`${text}/`);
    if (path === undefined || others.length > 0 || isBeginning || partsOf(now).simple.get("department") !== text) return;
    setQuery({ filter: withPart(now, "department", path) });
  };
  return (
    <>
      <SettledField label={label("Device", "department")} value={value} list="departments" autoComplete="off" onTyped={setTyped} onSettled={(text) => void settle(text)} />
      <datalist id="departments">{found.value?.map((path) => <option key={path} value={path} />)}</datalist>
    </>
  );
}

/** The filter as a form and as text; both stand in the address. */
export function FilterForm({ fault }: { fault: string }) {
  const filter = query.value.get("filter") ?? "";
  const { simple } = partsOf(filter);
  const set = (field: string) => (value: string) => change({ filter: withPart(filter, field, value) });
  const paste = (event: ClipboardEvent) => {
    const entries = [...new Set((event.clipboardData?.getData("text") ?? "").split(/[\r\n\t]+/).map((entry) => entry.trim()).filter(Boolean))];
    if (entries.length < 2) return;
    event.preventDefault();
    if (entries.length > mostTags) toast("bad", tr("{n} tags are too many for one filter, which takes {most}. Nothing was chosen.", { n: entries.length, most: mostTags }));
    else change({ filter: filterOfTags(entries) });
  };
  return (
    <section class="stack no-print" aria-label={tr("Filter")} onPaste={paste}>
      <div class="fields">
        <Department value={simple.get("department") ?? ""} onSettled={set("department")} />
        <SettledField label={label("Device", "site")} value={simple.get("site") ?? ""} onSettled={set("site")} />
        {sets.map(([field, schema]) => (
          <SelectField key={field} label={field === "placement.state" ? tr("state in the rollout") : label("Device", field)}
            value={simple.get(field) ?? ""} onValue={set(field)} options={[
              { value: "", word: tr("all") },
              ...choices(schema).map(({ value, word }) => ({ value: schema.value[value]?.localName ?? "", word })),
            ]} />
        ))}
      </div>
      <Scanning />
      <details open={fault !== "" || query.value.has("as_of") || query.value.has("known_at")}>
        <summary>{tr("As text, and as of a day")}</summary>
        <div class="fields">
          <div class="wide">
            <SettledField label={tr("Filter as text")} value={filter} fault={fault} spellcheck={false} onSettled={(value) => change({ filter: value })}
              help={tr("As in kirikae device list --filter. A list of tags can be pasted, at most 50.")} />
          </div>
          <AsOf />
        </div>
      </details>
    </section>
  );
}

// Scans that make the filter: one tag after the other.
function Scanning() {
  const [open, setOpen] = useState(false);
  const [last, setLast] = useState<{ tone: Tone; tag: string; text: string } | null>(null);
  const scan = (raw: string) => {
    const { tag } = readTag(raw);
    const before = tagsOf(query.value.get("filter") ?? "") ?? [];
    if (tag === "") return;
    const say = (tone: Tone, text: string) => {
      setLast({ tone, tag, text });
      announce(`${tag} ${text}`);
      play(tone);
    };
    if (before.includes(tag)) return say("warn", tr("is there already"));
    if (before.length === mostTags) return say("bad", tr("is one too many: a filter takes {most}", { most: mostTags }));
    change({ filter: filterOfTags([...before, tag]) });
    say("good", trn("chosen; {n} device in all", "chosen; {n} devices in all", before.length + 1));
  };
  if (!open) return <p><button class="button" type="button" onClick={() => setOpen(true)}>{tr("Scan tags")}</button></p>;
  return (
    <div class="stack">
      <ScanPad onScan={scan}>{tr("Each scan adds a device. The first one replaces another filter.")}</ScanPad>
      {last && <p class={`box ${last.tone}`} data-scanned={last.tag} data-tone={last.tone}><strong><bdi>{last.tag}</bdi></strong> {last.text}</p>}
      <p><button class="button" type="button" onClick={() => setOpen(false)}>{tr("End scanning")}</button></p>
    </div>
  );
}

/** As of which day, and as known on which day; both stand in the address. */
export function AsOf() {
  return (
    <>
      <TextField type="date" label={tr("as of the end of")} value={query.value.get("as_of") ?? ""} onValue={(day) => change({ as_of: day })} />
      <TextField type="date" label={tr("as known at the end of")} value={query.value.get("known_at") ?? ""} onValue={(day) => change({ known_at: day })} />
    </>
  );
}
