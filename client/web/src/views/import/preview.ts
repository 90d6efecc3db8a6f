// Uploads a file, and reads the stored preview.
import { ImportAction, type ImportHeader, type ImportRow, ImportService } from "#gen/kirikae/v1/import_service_pb";
import type { Import } from "#gen/kirikae/v1/import_service_pb";
import { client } from "../../api/transport";
import { upload } from "../../api/upload";

/** The largest file that the service takes, in bytes. */
export const mostBytes = 64 * 1024 * 1024;
const chunkBytes = 512 * 1024;
const pageRows = 1000;
const shownRows = 100;

/** What a visitor says of a file. */
export type Choice = Pick<ImportHeader, "kind" | "profile" | "encoding" | "sheet" | "retireMissing" | "force" | "acceptDatesAsText">;

/** Sends a file; the service stores its preview and changes nothing. */
export async function previewFile(file: File, choice: Choice): Promise<Import> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const header = { ...choice, fileName: file.name, fileSize: BigInt(bytes.length), sha256 };
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) => bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes));
  return upload(ImportService.method.previewImport, [
    { part: { case: "header", value: header } },
    ...chunks.map((value) => ({ part: { case: "chunk" as const, value } })),
  ]);
}

/** Which rows are shown, as the address has it. */
export type Show = "all" | "problems" | "errors" | "warnings" | "creates" | "updates" | "unchanged" | "missing" | "retires" | "follows";

const isOfAction = (...actions: ImportAction[]) => ({ action }: ImportRow) => actions.includes(action);

const tests: Record<Show, (row: ImportRow) => boolean> = {
  all: () => true,
  problems: ({ problems }) => problems.length > 0,
  errors: isOfAction(ImportAction.ERROR),
  warnings: ({ problems }) => problems.some(({ warning }) => warning),
  creates: isOfAction(ImportAction.CREATE),
  updates: isOfAction(ImportAction.UPDATE),
  unchanged: isOfAction(ImportAction.UNCHANGED),
  missing: isOfAction(ImportAction.MISSING, ImportAction.RETIRE),
  retires: isOfAction(ImportAction.RETIRE),
  // A device that moves with its person is a row of the staff list.
  follows: ({ record }) => record.startsWith("devices/"),
};

export const shows = Object.keys(tests) as Show[];
const withProblems: readonly Show[] = ["problems", "errors", "warnings", "missing", "retires", "follows"];

export interface Rows {
  rows: ImportRow[];
  /** "" = no more. */
  next: string;
}

/** Rows of one kind, at least a hundred where there are so many. The service tells only problems apart from all. */
export async function rowsOf(parent: string, show: Show, pageToken: string, signal?: AbortSignal): Promise<Rows> {
  const found: Rows = { rows: [], next: pageToken };
  const pageSize = show === "all" ? shownRows : pageRows;
  do {
    const page = await client(ImportService).listImportRows(
      { parent, pageToken: found.next, pageSize, problemsOnly: withProblems.includes(show) }, { signal, timeoutMs: 600_000 });
    found.rows.push(...page.rows.filter(tests[show]));
    found.next = page.nextPageToken;
  } while (found.next !== "" && found.rows.length < shownRows);
  return found;
}

/** Every row with a problem. */
export async function allProblems(parent: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  let next = "";
  do {
    const found = await rowsOf(parent, "problems", next);
    rows.push(...found.rows);
    next = found.next;
  } while (next !== "");
  return rows;
}
