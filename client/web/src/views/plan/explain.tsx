import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type PlacementExplanation, PlanningService, type PlanSlot } from "#gen/kirikae/v1/planning_service_pb";
import { type Failure, failureOf, faultOf, sentenceOf } from "../../api/failure";
import { client } from "../../api/transport";
import { query, setQuery } from "../../app/router";
import { TextField } from "../../parts/field";
import { tr } from "../../words/sentence";
import { fullDay, shortDay, slotName } from "../../words/time";
import { blockerWord, conditionWord, reasonText } from "./words";

const most = 30;

function slotText({ day, slot, team }: PlanSlot): string {
  return `${shortDay(day)} ${slotName(slot)} ${tr("team {team}", { team })}`;
}

function Explanation({ found }: { found: PlacementExplanation }) {
  const { placed, earlier, left, blockers, conditions, earliestAlone } = found;
  return (
    <div class="stack" data-explained={found.assetTag}>
      <p>
        <strong><bdi>{found.assetTag}</bdi></strong>:{" "}
        {placed ? tr("planned for {day}, {slot}, team {team}.", { day: fullDay(placed.day), slot: slotName(placed.slot), team: placed.team })
          : blockers.length > 0 ? tr("blocked: {why}", { why: blockers.map(blockerWord).join(", ") })
          : tr("left out: {why}", { why: left.map(reasonText).join(" ") })}
      </p>
      {conditions.length > 0 && <p>{tr("It is not ready yet: {why}", { why: conditions.map(conditionWord).join(" · ") })}</p>}
      {earliestAlone && <p class="small">{tr("If only fixed devices were planned, it could be on {day}.", { day: fullDay(earliestAlone) })}</p>}
      {earlier.length > 0 && (
        <div class="scroller tall" tabIndex={0} role="group" aria-label={tr("Why not earlier")}>
          <table>
            <caption>{placed ? tr("Why not earlier") : tr("Why in none of the slots")}</caption>
            <thead><tr><th scope="col">{tr("Slot")}</th><th scope="col">{tr("What keeps it out")}</th></tr></thead>
            <tbody>{earlier.slice(0, most).map(({ slot, reasons }, at) => (
              <tr key={at}><td class="nowrap">{slot && slotText(slot)}</td><td><bdi>{reasons.length > 0 ? reasons.map(reasonText).join(" ") : tr("It was free; the plan is as good with the device elsewhere.")}</bdi></td></tr>
            ))}</tbody>
          </table>
          {earlier.length > most && <p class="small weak">{tr("{n} more slots are not shown.", { n: earlier.length - most })}</p>}
        </div>
      )}
    </div>
  );
}

/** Why a device is where it is in a plan. */
export function Explain({ name }: { name: string }) {
  const asked = query.value.get("explain") ?? "";
  const tag = useSignal(asked);
  const found = useSignal<PlacementExplanation | null>(null);
  const failure = useSignal<Failure | null>(null);
  useEffect(() => {
    tag.value = asked;
    found.value = null;
    failure.value = null;
    if (asked === "") return;
    const abort = new AbortController();
    client(PlanningService).explainPlacement({ name, assetTag: asked }, { signal: abort.signal }).then(
      (answer) => {
        found.value = answer;
        document.getElementById("explain")?.scrollIntoView({ block: "nearest" });
      },
      (thrown) => {
        if (!abort.signal.aborted) failure.value = failureOf(thrown);
      },
    );
    return () => abort.abort();
  }, [asked, name]);
  const fault = failure.value && (faultOf(failure.value, "asset_tag") || sentenceOf(failure.value));
  return (
    <section class="box stack no-print" aria-labelledby="explain">
      <h2 id="explain">{tr("Explain a device")}</h2>
      <form class="ask" onSubmit={(event) => {
        event.preventDefault();
        setQuery({ explain: tag.value.trim() }, true);
      }}>
        <TextField label={tr("Tag")} name="explain" autoComplete="off" spellcheck={false} value={tag.value} fault={fault ?? ""} onValue={(value) => (tag.value = value)} />
        <button class="button" type="submit">{tr("Why there?")}</button>
      </form>
      {found.value && <Explanation found={found.value} />}
    </section>
  );
}
