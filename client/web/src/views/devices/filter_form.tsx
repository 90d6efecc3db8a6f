import type { DescEnum } from "@bufbuild/protobuf";
import { AuthMethodSchema, CameraSchema, DeviceKindSchema, DeviceStateSchema, NetworkSchema, PlacementStateSchema } from "#gen/kirikae/v1/types_pb";
import { query, setQuery } from "../../app/router";
import { SelectField, SettledField, TextField } from "../../parts/field";
import { tr } from "../../words/sentence";
import { choices, label } from "../../words/terms";
import { filterOfTags, partsOf, withPart } from "./filter";

const sets: readonly (readonly [string, DescEnum])[] = [
  ["effective_method", AuthMethodSchema], ["state", DeviceStateSchema], ["kind", DeviceKindSchema], ["network", NetworkSchema],
  ["camera", CameraSchema], ["placement.state", PlacementStateSchema],
];

// A list of tags that was pasted, of which the service compares 50.
const mostTags = 50;

function change(values: Record<string, string>): void {
  setQuery({ ...values, page: "" }, true);
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
    change({ filter: filterOfTags(entries.slice(0, mostTags)) });
  };
  return (
    <section class="stack no-print" aria-label={tr("Filter")} onPaste={paste}>
      <div class="fields">
        <SettledField label={label("Device", "department")} value={simple.get("department") ?? ""} onSettled={set("department")} />
        <SettledField label={label("Device", "site")} value={simple.get("site") ?? ""} onSettled={set("site")} />
        {sets.map(([field, schema]) => (
          <SelectField key={field} label={field === "placement.state" ? tr("state in the rollout") : label("Device", field)}
            value={simple.get(field) ?? ""} onValue={set(field)} options={[
              { value: "", word: tr("all") },
              ...choices(schema).map(({ value, word }) => ({ value: schema.value[value]?.localName ?? "", word })),
            ]} />
        ))}
      </div>
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

/** As of which day, and as known on which day; both stand in the address. */
export function AsOf() {
  return (
    <>
      <TextField type="date" label={tr("as of the end of")} value={query.value.get("as_of") ?? ""} onValue={(day) => change({ as_of: day })} />
      <TextField type="date" label={tr("as known at the end of")} value={query.value.get("known_at") ?? ""} onValue={(day) => change({ known_at: day })} />
    </>
  );
}
