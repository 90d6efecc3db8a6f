// Fields with the value before and after.
import { type ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { tr } from "../words/sentence";
import { fieldName, fieldValue } from "../words/values";
import { RecordLink } from "./record_link";

export interface Change {
  /** `devices/TSM-00123`; absent = all are of one record. */
  record?: string;
  field: string;
  oldValue: string;
  newValue: string;
}

/** A value of a field; nothing is said in a word. */
export function Value({ record, field, value }: { record: string; field: string; value: string }) {
  if (value === "") return <span class="weak">{tr("(none)")}</span>;
  return <bdi class="value">{fieldValue(record, field, value)}</bdi>;
}

type Props = { caption: ComponentChildren; of?: string; changes: readonly Change[] };

/** A table old → new. `of`: the record of changes that name none. */
export function Changes({ caption, of = "devices/", changes }: Props) {
  const id = useId();
  const many = changes.some(({ record }) => record !== undefined);
  return (
    <div class="scroller" tabIndex={0} role="region" aria-labelledby={id}>
      <table data-changes>
        <caption id={id}>{caption}</caption>
        <thead><tr>
          {many && <th scope="col">{tr("record")}</th>}
          <th scope="col">{tr("field")}</th><th scope="col">{tr("before")}</th><th scope="col">{tr("after")}</th>
        </tr></thead>
        <tbody>
          {changes.map(({ record = of, field, oldValue, newValue }, at) => (
            <tr key={at}>
              {many && <th scope="row"><RecordLink name={record} /></th>}
              <td>{fieldName(record, field)}</td>
              <td><Value record={record} field={field} value={oldValue} /></td>
              <td>→ <Value record={record} field={field} value={newValue} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
