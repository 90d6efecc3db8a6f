import { useSignal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Proposal, RolloutService } from "#gen/kirikae/v1/rollout_service_pb";
import { actor } from "../../api/session";
import { client } from "../../api/transport";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { rich, tr } from "../../words/sentence";
import { dayAndTime } from "../../words/time";

function Differences({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <div class="scroller" tabIndex={0} role="group" aria-label={tr("Rules that differ")}>
        <table>
          <thead><tr><th scope="col">{tr("Rule")}</th><th scope="col">{tr("In force")}</th><th scope="col">{tr("Proposed")}</th></tr></thead>
          <tbody>{proposal.rules.map(({ path, before, after }) => (
            <tr key={path}><th scope="row"><bdi>{path}</bdi></th><td><bdi>{before || "–"}</bdi></td><td><strong><bdi>{after || "–"}</bdi></strong></td></tr>
          ))}</tbody>
        </table>
      </div>
      <p class="small">{tr("Parts of the file that differ: {parts}", { parts: proposal.differences.join(", ") })}</p>
    </>
  );
}

/** A proposed change of the rules, with its difference, for who decides about it. */
export function OpenProposal({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  const open = useSignal<"accept" | "decline" | null>(null);
  const { name } = proposal;
  const own = proposal.author === actor();
  return (
    <section class="box wait stack" aria-labelledby="proposal">
      <h2 id="proposal">{tr("A change of the rules awaits a decision")}</h2>
      <p>{rich("{who} proposed it at {time}: {why}", { who: <bdi>{proposal.author}</bdi>, time: dayAndTime(proposal.createTime), why: <bdi>{proposal.reason || "–"}</bdi> })}</p>
      <Differences proposal={proposal} />
      <div class="row no-print">
        {own ? <span class="small weak">{tr("You proposed it, so somebody else decides.")}</span> : (
          <Allowed roles={[Role.APPROVER]} what={tr("Accept or decline")}>
            <button class="button main" type="button" onClick={() => (open.value = "accept")}>{tr("Accept")}</button>
            <button class="button" type="button" onClick={() => (open.value = "decline")}>{tr("Decline")}</button>
          </Allowed>
        )}
      </div>
      {open.value === "accept" && (
        <ActDialog title={tr("Accept the change of the rules")} verb={tr("Accept")} remark={{ label: tr("Remark"), field: "remark", required: true }} onClose={() => (open.value = null)}
          act={async (options, remark) => {
            await client(RolloutService).acceptProposal({ name, remark, options });
            onDone();
            return tr("The proposed rules are in force.");
          }}><Differences proposal={proposal} /></ActDialog>
      )}
      {open.value === "decline" && (
        <ActDialog title={tr("Decline the change of the rules")} verb={tr("Decline")} remark={{ label: tr("Remark"), field: "remark", required: true }} onClose={() => (open.value = null)}
          act={async (options, remark) => {
            await client(RolloutService).declineProposal({ name, remark, options });
            onDone();
            return tr("The proposal is declined; the rules stay as they are.");
          }} />
      )}
    </section>
  );
}
