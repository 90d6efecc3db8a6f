// The list of faults as a file.
import type { ImportRow } from "#gen/kirikae/v1/import_service_pb";
import { download } from "../../parts/download";
import { said } from "../../words/language";
import { tr } from "../../words/sentence";

// A spreadsheet must not take a text for a formula.
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Downloads every fault of these rows as CSV, in UTF-8 with a byte order mark. */
export function downloadFaults(fileName: string, rows: readonly ImportRow[]): void {
  const lines = [
    [tr("line"), tr("key"), tr("severity"), tr("column"), tr("code"), tr("what is wrong"), tr("probably meant")],
    ...rows.flatMap((row) => row.problems.map((problem) => [
      String(row.line), row.key, problem.warning ? tr("warning") : tr("error"), problem.column, problem.code, said(problem.text), problem.suggestion,
    ])),
  ];
  download(`${fileName.replace(/\.\w+$/, "")}-faults.csv`, "text/csv", [`\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`]);
}
