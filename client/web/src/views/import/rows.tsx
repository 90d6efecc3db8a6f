import { ImportAction, ImportActionSchema, type ImportRow } from "#gen/kirikae/v1/import_service_pb";
import { Pill } from "../../parts/pill";
import type { Tone } from "../../parts/announcer";
import { Value } from "../../parts/changes";
import { RecordLink } from "../../parts/record_link";
import { said } from "../../words/language";
import { tr } from "../../words/sentence";
import { term } from "../../words/terms";
import { fieldName } from "../../words/values";

const tones: Partial<Record<ImportAction, Tone>> = {
  [ImportAction.CREATE]: "good", [ImportAction.UPDATE]: "wait", [ImportAction.ERROR]: "bad", [ImportAction.RETIRE]: "warn",
};

// Rows of these are about a record that there is.
const stands = [ImportAction.UPDATE, ImportAction.UNCHANGED, ImportAction.MISSING, ImportAction.RETIRE];

function Row({ row }: { row: ImportRow }) {
  return (
    <tr data-line={row.line}>
      <td class="number">{row.line || ""}</td>
      <th scope="row">{stands.includes(row.action) ? <RecordLink name={row.record} /> : <bdi>{row.key}</bdi>}</th>
      <td><Pill tone={tones[row.action]}>{term(ImportActionSchema, row.action)}</Pill></td>
      <td>
        <ul class="stack">
          {row.problems.map((problem, at) => (
            <li key={at} data-code={problem.code}><Pill tone={problem.warning ? "warn" : "bad"}>{problem.warning ? tr("warning") : tr("error")}</Pill>{" "}
              {problem.column && <strong><bdi>{problem.column}</bdi>: </strong>}{said(problem.text)}
              {problem.suggestion && <> ({tr("probably meant")}: <bdi>{problem.suggestion}</bdi>)</>}</li>
          ))}
          {row.changes.map(({ field, oldValue, newValue }) => (
            <li key={field}>{fieldName(row.record, field)}: <Value record={row.record} field={field} value={oldValue} /> → <Value record={row.record} field={field} value={newValue} /></li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

/** Rows of a preview with every fault and every change. */
export function RowTable({ rows }: { rows: readonly ImportRow[] }) {
  return (
    <div class="scroller" tabIndex={0} role="region" aria-label={tr("Rows")}>
      <table class="rows">
        <thead><tr><th scope="col">{tr("line")}</th><th scope="col">{tr("key")}</th><th scope="col">{tr("what it does")}</th><th scope="col">{tr("faults and changes")}</th></tr></thead>
        <tbody>{rows.map((row, at) => <Row key={at} row={row} />)}</tbody>
      </table>
    </div>
  );
}
