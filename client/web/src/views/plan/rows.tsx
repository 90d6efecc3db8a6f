import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Device } from "#gen/kirikae/v1/inventory_service_pb";
import type { Plan } from "#gen/kirikae/v1/planning_service_pb";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import { Pager } from "../../parts/pager";
import { People } from "../../parts/people";
import { tr, trn } from "../../words/sentence";
import { fullDay, slotName } from "../../words/time";
import { leftRows } from "./left_groups";
import { blockerWord, conditionWord, reasonText } from "./words";

interface Row {
  tag: string;
  when: string;
  why: string;
}

const most = 100;

// The rows that the address asks for: `show` is placed, conditional, left, blocked or not (left or blocked).
function rowsOf(plan: Plan, devices: Map<string, Device>, asked: URLSearchParams): Row[] {
  const show = asked.get("show") ?? "";
  const code = asked.get("code");
  const department = asked.get("department");
  const rows: Row[] = [];
  const conditions = new Map(plan.conditional.map((device) => [device.assetTag, device.conditions]));
  if (show === "placed" || show === "conditional") {
    for (const { item, day, slot, team } of plan.solution?.placements ?? []) {
      const waits = conditions.get(item);
      if (show === "conditional" && waits === undefined) continue;
      const words = [tr("team {team}", { team }), ...(waits ?? []).map(conditionWord)];
      rows.push({ tag: item, when: `${fullDay(day)} ${slotName(slot)}`, why: words.join(" · ") });
      conditions.delete(item);
    }
  }
  // Those that the plan leaves out.
  if (show === "conditional") for (const [tag, waits] of conditions) rows.push({ tag, when: tr("left out"), why: waits.map(conditionWord).join(" · ") });
  if (show === "left" || show === "not") {
    const why = asked.get("why");
    const group = why === null ? null : new Set(leftRows(plan).find((row) => row.why === why && row.department === asked.get("of"))?.items);
    for (const { item, reasons } of plan.solution?.left ?? []) {
      if (group === null || group.has(item)) rows.push({ tag: item, when: tr("left out"), why: reasons.map(reasonText).join(" ") });
    }
  }
  if (show === "blocked" || show === "not") {
    for (const { assetTag, codes } of plan.blocked) {
      if (code === null || codes.includes(code)) rows.push({ tag: assetTag, when: tr("blocked"), why: codes.map(blockerWord).join(", ") });
    }
  }
  return department === null ? rows : rows.filter(({ tag }) => (devices.get(tag)?.department ?? "") === department);
}

/** The devices behind a number. */
export function Rows({ plan, devices }: { plan: Plan; devices: Map<string, Device> }) {
  const asked = query.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const page = useSignal(0);
  const key = asked.toString();
  useEffect(() => {
    page.value = 0;
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "start" });
  }, [key]);
  const rows = rowsOf(plan, devices, asked);
  const about = [asked.get("department") ?? asked.get("of"), asked.get("code") && blockerWord(asked.get("code") ?? "")].filter(Boolean).join(", ");
  const word = { placed: tr("Planned"), conditional: tr("Not ready yet"), left: tr("Left out"), blocked: tr("Blocked") }[asked.get("show") ?? ""] ?? tr("Not planned");
  return (
    <section class="box stack" aria-labelledby="rows" data-rows={rows.length}>
      <div class="row">
        <h2 id="rows" class="grow" ref={heading} tabIndex={-1}>{word}: {trn("one device", "{n} devices", rows.length)}{about && <> (<bdi>{about}</bdi>)</>}</h2>
        <button class="button no-print" type="button" onClick={() => setQuery({ show: "", code: "", department: "", why: "", of: "" }, true)}>{tr("Close")}</button>
      </div>
      <div class="scroller" tabIndex={0} role="group" aria-label={word}>
        <table>
          <thead><tr><th scope="col">{tr("Tag")}</th><th scope="col">{tr("Department")}</th><th scope="col">{tr("Users")}</th><th scope="col">{tr("When")}</th><th scope="col">{tr("Team or reason")}</th><th scope="col"><span class="away">{tr("Explain")}</span></th></tr></thead>
          <tbody>{rows.slice(page.value * most, (page.value + 1) * most).map(({ tag, when, why }) => (
            <tr key={tag}>
              <th scope="row"><Link class="target" to={`/devices/${encodeURIComponent(tag)}`}><bdi>{tag}</bdi></Link></th>
              <td><bdi>{devices.get(tag)?.department}</bdi></td><td><People users={devices.get(tag)?.users ?? []} /></td>
              <td>{when}</td><td><bdi>{why}</bdi></td>
              <td><button class="button plain no-print" type="button" aria-label={`${tr("Explain")} ${tag}`} onClick={() => setQuery({ explain: tag }, true)}>{tr("Explain")}</button></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <Pager first={page.value === 0} more={(page.value + 1) * most < rows.length} onFirst={() => (page.value = 0)} onNext={() => (page.value += 1)} />
    </section>
  );
}
