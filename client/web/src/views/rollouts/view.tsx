// Every rollout.
import { AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { type Rollout, RolloutService, RolloutStateSchema } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import type { View } from "../../app/view";
import { Pill } from "../../parts/pill";
import { Refusal } from "../../parts/refusal";
import { toneOf } from "../../parts/rollout_tone";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { figure, tr } from "../../words/sentence";
import { term } from "../../words/terms";

async function all(signal: AbortSignal): Promise<Rollout[]> {
  const found: Rollout[] = [];
  for (let pageToken = ""; ;) {
    const page = await client(RolloutService).listRollouts({ pageSize: 1000, pageToken }, { signal });
    found.push(...page.rollouts);
    pageToken = page.nextPageToken;
    if (pageToken === "") return found;
  }
}

function Row({ rollout }: { rollout: Rollout }) {
  const id = rollout.name.replace("rollouts/", "");
  const progress = useRead((signal) => client(RolloutService).getProgress({ name: rollout.name }, { signal }), [rollout.name]);
  return (
    <tr>
      <th scope="row"><Link class="target" to={`/rollouts/${encodeURIComponent(id)}`}><bdi>{rollout.title || id}</bdi></Link></th>
      <td><Pill tone={toneOf(rollout.state)}>{term(RolloutStateSchema, rollout.state)}</Pill></td>
      <td>{term(AuthMethodSchema, rollout.fromMethod)} → {term(AuthMethodSchema, rollout.toMethod)}</td>
      <td class="number">{progress.value?.total ? <>{figure(progress.value.total.succeeded)} / {figure(progress.value.total.total)}</> : "–"}</td>
    </tr>
  );
}

function Rollouts() {
  const { value, failure, again } = useRead(all, []);
  return (
    <div class="stack">
      <h1>{tr("Rollouts")}</h1>
      <Refusal failure={failure} onRetry={again} />
      {value === undefined && failure === null && <Waiting />}
      {value?.length === 0 && (
        <div class="box stack">
          <p>{tr("There is no rollout yet. A planner writes its rules into a file and applies it:")}</p>
          <p><code>kirikae rollout apply -f rollout.yaml</code></p>
        </div>
      )}
      {value !== undefined && value.length > 0 && (
        <div class="scroller" tabIndex={0} role="group" aria-label={tr("Rollouts")}>
          <table>
            <thead><tr><th scope="col">{tr("Rollout")}</th><th scope="col">{tr("State")}</th><th scope="col">{tr("Methods")}</th><th scope="col" class="number">{tr("Switched")}</th></tr></thead>
            <tbody>{value.map((rollout) => <Row key={rollout.name} rollout={rollout} />)}</tbody>
          </table>
        </div>
      )}
    </div>
  );
}

export const view: View = { title: () => tr("Rollouts"), Body: Rollouts };
