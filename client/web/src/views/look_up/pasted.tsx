import { AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { Link } from "../../app/link";
import { People } from "../../parts/people";
import { PlacementPill } from "../../parts/placement_pill";
import { Refusal } from "../../parts/refusal";
import { tr, trn } from "../../words/sentence";
import { label, term } from "../../words/terms";
import { shortDay } from "../../words/time";
import { askAll, type Line, type List, list } from "./list";

function Row({ line }: { line: Line }) {
  return (
    <>
      {line.cards.map((card) => (
        <tr key={card.device?.assetTag}>
          <td><bdi>{line.query}</bdi></td>
          <th scope="row"><Link to={`/devices/${encodeURIComponent(card.device?.assetTag ?? "")}`}><bdi>{card.device?.assetTag}</bdi></Link></th>
          <td>{term(AuthMethodSchema, card.effectiveMethod)}</td>
          <td><People users={card.device?.users ?? []} /></td>
          <td><bdi>{card.device?.department}</bdi></td>
          <td><PlacementPill state={card.placementState} cause={card.cause} /> {shortDay(card.plannedDay)}</td>
        </tr>
      ))}
    </>
  );
}

/** The answers to a pasted list. */
export function Pasted({ shown }: { shown: List }) {
  const answered = shown.lines.filter((line) => line !== undefined);
  const missed = answered.filter(({ cards }) => cards.length === 0);
  const several = answered.filter(({ cards }) => cards.length > 1);
  const close = () => {
    list.value = null;
  };
  return (
    <section class="stack" aria-labelledby="pasted">
      <h2 id="pasted">{tr("{found} of {all} entries found", { found: answered.length - missed.length, all: shown.queries.length })}</h2>
      <div role="status" class="stack">
        {answered.length < shown.queries.length && shown.failure === null && <p>{trn("{n} entry to go", "{n} entries to go", shown.queries.length - answered.length)}</p>}
        {missed.length > 0 && <p class="box warn" data-missed>{tr("Not found:")} {missed.map(({ query }, at) => <>{at > 0 && ", "}<bdi>{query}</bdi></>)}</p>}
        {several.length > 0 && <p>{tr("Several devices match:")} {several.map(({ query }, at) => <>{at > 0 && ", "}<bdi>{query}</bdi></>)}</p>}
        {shown.left > 0 && <p class="box warn">{trn("{n} entry beyond the longest list was not looked up.", "{n} entries beyond the longest list were not looked up.", shown.left)}</p>}
      </div>
      <Refusal failure={shown.failure} onRetry={() => void askAll(shown.queries)} />
      <div class="scroller" tabIndex={0} role="region" aria-labelledby="pasted">
        <table>
          <thead><tr>
            <th scope="col">{tr("entry")}</th><th scope="col">{label("Device", "asset_tag")}</th><th scope="col">{tr("method now")}</th>
            <th scope="col">{label("Device", "users")}</th><th scope="col">{label("Device", "department")}</th><th scope="col">{tr("The switch")}</th>
          </tr></thead>
          <tbody>{answered.map((line) => <Row key={line.query} line={line} />)}</tbody>
        </table>
      </div>
      <p><button class="button" type="button" onClick={close}>{tr("Close the list")}</button></p>
    </section>
  );
}
