import { useSignal } from "@preact/signals";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type GateCondition, HoldRuleSchema, type Phase, PhaseState, PhaseStateSchema, RolloutService } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { conditionText } from "../../parts/condition_text";
import { percent } from "../../parts/percent";
import { Pill } from "../../parts/pill";
import { toneOfPhase } from "../../parts/rollout_tone";
import { said } from "../../words/language";
import { figure, rich, tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { dayAndTime, fullDay, shortDay } from "../../words/time";

interface Rule {
  code: string;
  name: string;
  value: string;
  asked: string;
}

function isOpen(phase: Phase, condition: string): boolean {
  return phase.openConditions.some(({ code }) => code === condition);
}

// The gate's rules with the figures of now; the codes are those of its conditions.
function rulesOf(phase: Phase): Rule[] {
  const { gate } = phase;
  if (gate === undefined) return [];
  const rules: Rule[] = [];
  const rate = phase.successRate === undefined ? "–" : percent(phase.successRate);
  if (gate.successShare > 0) rules.push({ code: "SUCCESS_RATE", name: tr("Success rate"), value: rate, asked: tr("at least {value}", { value: percent(gate.successShare) }) });
  if (gate.successCount > 0) rules.push({ code: "SUCCESS_RATE", name: tr("Switched"), value: figure(phase.succeeded), asked: tr("at least {value}", { value: figure(gate.successCount) }) });
  rules.push({ code: "NOTHING_ATTEMPTED", name: tr("Sample"), value: figure(phase.attempted), asked: gate.minimumSample > 0 ? tr("judged from {n}", { n: gate.minimumSample }) : "–" });
  const proven = phase.provenRate === undefined ? "–" : percent(phase.provenRate);
  rules.push({ code: "CONFIDENCE", name: tr("Proves at least (95 %)"), value: proven, asked: gate.confidence > 0 ? tr("{value} with {confidence}", { value: percent(gate.successShare), confidence: percent(gate.confidence) }) : tr("not asked for") });
  rules.push({ code: "INCIDENTS", name: tr("Switched back"), value: figure(phase.incidents), asked: gate.incidents >= 0 ? tr("at most {value}", { value: figure(gate.incidents) }) : tr("no limit") });
  rules.push({ code: "UNFINISHED", name: tr("Still to do"), value: figure(phase.size - phase.attempted), asked: "0" });
  if (phase.soakDays > 0) rules.push({ code: "SOAK", name: tr("Soak"), value: phase.doneOn ? tr("since {day}", { day: shortDay(phase.doneOn) }) : "–", asked: trn("one open day", "{n} open days", phase.soakDays) });
  if (gate.approval) rules.push({ code: "APPROVAL", name: tr("Approval"), value: phase.releaseTime && !isOpen(phase, "APPROVAL") ? shortDay(phase.releaseTime.slice(0, 10)) : "–", asked: tr("an approver's remark") });
  return rules;
}

function StateOf({ rule, phase }: { rule: Rule; phase: Phase }) {
  if (isOpen(phase, rule.code)) return <Pill tone="wait">{tr("open")}</Pill>;
  if (rule.code === "CONFIDENCE" && !phase.gate?.confidence) return <span class="weak">–</span>;
  if (rule.code === "SUCCESS_RATE" && phase.attempted === 0) return <Pill tone="wait">{tr("open")}</Pill>;
  if (rule.code === "NOTHING_ATTEMPTED" && phase.attempted < (phase.gate?.minimumSample ?? 0)) return <Pill tone="wait">{tr("too few")}</Pill>;
  if (rule.code === "SOAK" && !phase.doneOn) return <Pill tone="wait">{tr("open")}</Pill>;
  return <Pill tone="good">{tr("met")}</Pill>;
}

function daysSince(day: string, today: string): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000));
}

function Condition({ condition }: { condition: GateCondition }) {
  const { assetTags } = condition;
  return (
    <li data-condition={condition.code}>
      <bdi>{conditionText(condition)}</bdi>
      {assetTags.length > 0 && (
        <details>
          <summary>{trn("The device", "The first {n} devices", assetTags.length)}</summary>
          <p class="row small tags">{assetTags.map((tag) => <Link key={tag} to={`/devices/${encodeURIComponent(tag)}`}><bdi>{tag}</bdi></Link>)}</p>
        </details>
      )}
    </li>
  );
}

type Props = { phase: Phase; next: Phase[]; today: string; onDone: () => void };

/** A phase's gate: each condition with its figure, what holds it and since when, what waits for it, and who may open it. */
export function Gate({ phase, next, today, onDone }: Props) {
  const open = useSignal<"hold" | "release" | "override" | null>(null);
  const { hold, name } = phase;
  const title = phase.title || phase.id;
  const close = () => (open.value = null);
  const atGate = phase.state === PhaseState.GATE;
  const figuresBar = phase.openConditions.some(({ code }) => ["SUCCESS_RATE", "CONFIDENCE", "INCIDENTS"].includes(code));
  const releasable = phase.state === PhaseState.HELD || (atGate && phase.openConditions.some(({ code }) => code === "APPROVAL" || code === "NOTHING_ATTEMPTED"));
  const waiting = next.reduce((sum, { size }) => sum + size, 0);
  const release = async (override: boolean, options: Parameters<Parameters<typeof ActDialog>[0]["act"]>[0], remark: string) => {
    const after = await client(RolloutService).releasePhase({ name, remark, override, options });
    onDone();
    return tr("{phase} is now: {state}.", { phase: title, state: term(PhaseStateSchema, after.state) });
  };
  return (
    <section class={hold ? "box bad stack gate" : "box wait stack gate"} aria-labelledby={`gate-${phase.id}`} data-gate={phase.id}>
      <h2 id={`gate-${phase.id}`}>{rich("Gate after {phase}", { phase: <bdi>{title}</bdi> })} <Pill tone={toneOfPhase(phase.state)}>{term(PhaseStateSchema, phase.state)}</Pill></h2>
      {hold && (
        <div data-hold>
          <p><strong>{term(HoldRuleSchema, hold.rule)}</strong>: <bdi>{said(hold.text)}</bdi></p>
          <p class="small">{hold.heldBy && <><bdi>{hold.heldBy}</bdi>, </>}{tr("since {time}", { time: dayAndTime(hold.holdTime) })} ({trn("one day", "{n} days", daysSince(hold.holdTime.slice(0, 10), today))})</p>
        </div>
      )}
      <table>
        <thead><tr><th scope="col">{tr("Condition")}</th><th scope="col" class="number">{tr("Now")}</th><th scope="col">{tr("Asked for")}</th><th scope="col">{tr("State")}</th></tr></thead>
        <tbody>{rulesOf(phase).map((rule) => (
          <tr key={rule.name}><th scope="row">{rule.name}</th><td class="number"><strong>{rule.value}</strong></td><td>{rule.asked}</td><td><StateOf rule={rule} phase={phase} /></td></tr>
        ))}</tbody>
      </table>
      {phase.openConditions.length > 0 && (
        <div>
          <h3>{tr("What it waits for")}</h3>
          <ul class="bullets">{phase.openConditions.map((condition) => <Condition key={condition.code} condition={condition} />)}</ul>
        </div>
      )}
      {(atGate || phase.state === PhaseState.SOAKING) && phase.doneOn && <p class="small">{rich("The work ended on {day}; it has waited {days}.", { day: fullDay(phase.doneOn), days: trn("one day", "{n} days", daysSince(phase.doneOn, today)) })}</p>}
      {next.length > 0 && <p class="small">{rich("It holds back {phases}: {devices}.", { phases: <bdi>{next.map((one) => one.title || one.id).join(", ")}</bdi>, devices: trn("one device", "{n} devices", waiting) })}</p>}
      {phase.releasedBy && <p class="small">{rich("Last released by {who} at {time}: {remark}", { who: <bdi>{phase.releasedBy}</bdi>, time: dayAndTime(phase.releaseTime), remark: <bdi>{phase.remark || "–"}</bdi> })}</p>}
      <div class="row no-print">
        {releasable && <Allowed roles={[Role.APPROVER]} what={tr("Release")}><button class="button main" type="button" onClick={() => (open.value = "release")}>{tr("Release")}</button></Allowed>}
        {atGate && figuresBar && <Allowed roles={[Role.APPROVER]} what={tr("Open whatever the figures")}><button class="button danger" type="button" onClick={() => (open.value = "override")}>{tr("Open whatever the figures")}</button></Allowed>}
        {!hold && <Allowed roles={[Role.PLANNER, Role.APPROVER]} what={tr("Hold")}><button class="button" type="button" onClick={() => (open.value = "hold")}>{tr("Hold")}</button></Allowed>}
        {!releasable && phase.gate?.approval && <span class="small weak">{tr("An approver can release it once the rest is met.")}</span>}
      </div>
      {open.value === "hold" && (
        <ActDialog title={tr("Hold {phase}", { phase: title })} verb={tr("Hold")} danger onClose={close} remark={{ label: tr("Reason"), field: "options.reason", required: true }}
          act={async (options) => {
            const after = await client(RolloutService).holdPhase({ name, options });
            onDone();
            return tr("{phase} is now: {state}.", { phase: title, state: term(PhaseStateSchema, after.state) });
          }}>
          <p>{term(PhaseStateSchema, phase.state)} → <strong>{term(PhaseStateSchema, PhaseState.HELD)}</strong></p>
          <p>{tr("None of its waves starts, and the next phase does not open, until an approver releases it.")}</p>
        </ActDialog>
      )}
      {open.value === "release" && (
        <ActDialog title={tr("Release {phase}", { phase: title })} verb={tr("Release")} onClose={close} remark={{ label: tr("Remark"), field: "remark", required: true }}
          act={(options, remark) => release(false, options, remark)}>
          <p>{term(PhaseStateSchema, phase.state)} → <strong>{term(PhaseStateSchema, hold ? hold.returnsTo : PhaseState.PASSED)}</strong></p>
          <p>{tr("The report shows the remark.")}</p>
        </ActDialog>
      )}
      {open.value === "override" && (
        <ActDialog title={tr("Open the gate of {phase} whatever the figures", { phase: title })} verb={tr("Open it")} danger onClose={close} remark={{ label: tr("Remark"), field: "remark", required: true }}
          act={(options, remark) => release(true, options, remark)}>
          <ul class="bullets">{phase.openConditions.map((condition) => <Condition key={condition.code} condition={condition} />)}</ul>
          <p>{tr("The report will show that the gate was opened although its figures did not allow it.")}</p>
        </ActDialog>
      )}
    </section>
  );
}
