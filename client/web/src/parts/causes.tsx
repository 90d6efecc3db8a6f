import type { CauseCount } from "#gen/kirikae/v1/rollout_service_pb";
import { FailureCauseSchema } from "#gen/kirikae/v1/types_pb";
import { figure, tr } from "../words/sentence";
import { term } from "../words/terms";
import "./causes.css";

/** Failures by cause: a bar each, with its figure. */
export function Causes({ causes }: { causes: CauseCount[] }) {
  const most = Math.max(1, ...causes.map(({ count }) => count));
  if (causes.length === 0) return <p class="weak">{tr("No switch has failed.")}</p>;
  return (
    <table class="causes">
      <thead><tr><th scope="col">{tr("Cause")}</th><th scope="col"><span class="away">{tr("Bar")}</span></th><th scope="col" class="number">{tr("Number of devices")}</th></tr></thead>
      <tbody>{[...causes].sort((a, b) => b.count - a.count).map(({ cause, count }) => (
        <tr key={cause}>
          <th scope="row">{term(FailureCauseSchema, cause)}</th>
          <td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect x="0" y="0" width={(count / most) * 100} height="10" /></svg></td>
          <td class="number">{figure(count)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
