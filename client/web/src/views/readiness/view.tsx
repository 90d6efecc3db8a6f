// What has to happen before devices can be switched: whom to register, what a device needs, and by which day.
import { type FreedPlace, type ReadinessNeed, RolloutService } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { SettledField } from "../../parts/field";
import { Pager } from "../../parts/pager";
import { Pill } from "../../parts/pill";
import { Refusal } from "../../parts/refusal";
import { RolloutTabs } from "../../parts/rollout_tabs";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { said } from "../../words/language";
import { tr } from "../../words/sentence";
import { shortDay, slotName } from "../../words/time";

function Device({ tag }: { tag: string }) {
  return <Link class="target" to={`/devices/${encodeURIComponent(tag)}`}><bdi>{tag}</bdi></Link>;
}

function Need({ need }: { need: ReadinessNeed }) {
  const { department, assetTag, code, text, staffNumber, staffName, dueOn, plannedDay, readyBy, late } = need;
  return (
    <tr data-need={code}>
      <td><bdi>{department}</bdi></td>
      <td class="nowrap">{shortDay(readyBy) || "–"}{late && <> <Pill tone="warn">{tr("late")}</Pill></>}</td>
      <th scope="row"><Device tag={assetTag} /></th>
      <td><bdi>{said({ en: text?.en ?? code, ja: text?.ja ?? code })}</bdi></td>
      <td>{staffNumber && <><bdi>{staffName}</bdi> <bdi class="weak">{staffNumber}</bdi></>}</td>
      <td class="nowrap">{shortDay(dueOn) || "–"}</td>
      <td class="nowrap">{shortDay(plannedDay) || "–"}</td>
    </tr>
  );
}

// Places that devices left because they were not ready, and who could come instead.
function Freed({ places }: { places: FreedPlace[] }) {
  return (
    <section class="box stack" aria-labelledby="freed">
      <h2 id="freed">{tr("Places that became free")}</h2>
      <ul class="bullets">{places.map(({ wave, day, slot, team, devices, candidates }) => (
        <li key={wave} data-freed={wave}>
          {tr("{day}, {slot}, team {team}: {n} devices were not ready.", { day: shortDay(day), slot: slotName(slot), team, n: devices })}{" "}
          {candidates.length > 0 ? <>{tr("Could come early:")} {candidates.map((tag) => <><Device tag={tag} />{" "}</>)}</> : tr("No ready device is planned later.")}
        </li>
      ))}</ul>
    </section>
  );
}

function Readiness({ parameters }: { parameters: Record<string, string> }) {
  const id = parameters.id ?? "";
  const parent = `rollouts/${id}`;
  const [department, pageToken] = [query.value.get("department") ?? "", query.value.get("page") ?? ""];
  const page = useRead((signal) => client(RolloutService).listReadiness({ parent, department, pageToken, pageSize: 100 }, { signal }), [parent, department, pageToken]);
  const answer = page.value;
  return (
    <div class="stack">
      <RolloutTabs id={id} />
      <h1>{tr("Readiness")}</h1>
      {answer && <p>{tr("A device has to be ready {n} open days before its day.", { n: answer.readyBefore })}</p>}
      <section class="fields no-print" aria-label={tr("Filter")}>
        <SettledField label={tr("Department")} value={department} onSettled={(value) => setQuery({ department: value, page: "" }, true)} />
      </section>
      <Refusal failure={page.failure} onRetry={page.again} />
      {answer === undefined && page.failure === null && <Waiting />}
      {answer && answer.freed.length > 0 && <Freed places={answer.freed} />}
      {answer?.needs.length === 0 && <p class="box">{tr("Nothing is in the way of any device.")}</p>}
      {answer && answer.needs.length > 0 && (
        <div class="scroller" tabIndex={0} role="group" aria-label={tr("Readiness")}>
          <table data-needs={answer.needs.length}>
            <thead><tr><th scope="col">{tr("Department")}</th><th scope="col">{tr("Ready by")}</th><th scope="col">{tr("Tag")}</th><th scope="col">{tr("What to do")}</th><th scope="col">{tr("Person")}</th><th scope="col">{tr("Ends by the records")}</th><th scope="col">{tr("Planned")}</th></tr></thead>
            <tbody>{answer.needs.map((need) => <Need key={`${need.assetTag} ${need.code} ${need.staffNumber}`} need={need} />)}</tbody>
          </table>
        </div>
      )}
      <Pager first={pageToken === ""} more={(answer?.nextPageToken ?? "") !== ""} onFirst={() => setQuery({ page: "" }, true)} onNext={() => setQuery({ page: answer?.nextPageToken ?? "" }, true)} />
    </div>
  );
}

export const view: View = { title: () => tr("Readiness"), Body: Readiness };
