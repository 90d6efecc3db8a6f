// What a plan leaves out, by department and reasons.
import type { Plan } from "#gen/kirikae/v1/planning_service_pb";
import { reasonText } from "./words";

export interface LeftRow {
  department: string;
  /** The codes of the reasons, separated by commas. */
  why: string;
  text: string;
  items: string[];
}

/** A row for each department and kind of reason, the largest first; groups that go together are in their department's row. */
export function leftRows({ solution }: Plan): LeftRow[] {
  const texts = new Map((solution?.left ?? []).flatMap(({ reasons }) => reasons.map((reason) => [reason.code, reasonText(reason)] as const)));
  const rows = new Map<string, LeftRow>();
  for (const { codes, department, items } of solution?.leftGroups ?? []) {
    const why = codes.join();
    const row = rows.get(why + department) ?? { department, why, text: codes.map((code) => texts.get(code) ?? code).join(" "), items: [] };
    rows.set(why + department, { ...row, items: [...row.items, ...items] });
  }
  return [...rows.values()].sort((a, b) => b.items.length - a.items.length);
}
