// The report for the headquarters' meeting, for the screen and for A4.
import type { ComponentChildren } from "preact";
import { type Plan, PlanningService } from "#gen/kirikae/v1/planning_service_pb";
import { type Forecast, type Phase, PhaseStateSchema, type Progress, type ProgressRow, ReportFormat, type Rollout, RolloutService, RolloutStateSchema } from "#gen/kirikae/v1/rollout_service_pb";
import { AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { failureOf, sentenceOf } from "../../api/failure";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import type { View } from "../../app/view";
import { toast } from "../../parts/announcer";
import { BurnUp } from "../../parts/burn_up";
import { Causes } from "../../parts/causes";
import { conditionText } from "../../parts/condition_text";
import { downloadParts } from "../../parts/download";
import { ForecastTable } from "../../parts/forecast_table";
import { percent } from "../../parts/percent";
import { Refusal } from "../../parts/refusal";
import { RolloutTabs } from "../../parts/rollout_tabs";
import { useRead } from "../../parts/use_read";
import { Waiting } from "../../parts/waiting";
import { language } from "../../words/language";
import { figure, rich, tr } from "../../words/sentence";
import { term } from "../../words/terms";
import { dayAndTime, fullDay, shortDay } from "../../words/time";
import { forecastOf } from "../rollout/figures";
import { PhaseDates } from "../plan/phase_dates";
import { Decision } from "./decision";
import { StateTable } from "./state_table";
import "./report.css";

interface Figures {
  rollout: Rollout;
  progress: Progress;
  forecast: Forecast | null;
  /** The one in force. */
  plan: Plan | null;
}

async function read(name: string, signal: AbortSignal): Promise<Figures> {
  const service = client(RolloutService);
  const [rollout, progress, forecast] = await Promise.all([service.getRollout({ name }, { signal }), service.getProgress({ name }, { signal }), forecastOf(name, signal)]);
  const plan = rollout.approvedPlan === "" ? null : await client(PlanningService).getPlan({ name: rollout.approvedPlan }, { signal });
  return { rollout, progress, forecast, plan };
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return <section class="stack" aria-labelledby={id}><h2 id={id}>{title}</h2>{children}</section>;
}

function Key({ word, value, what }: { word: string; value: string; what: string }) {
  return <div><dt>{word}</dt><dd>{value}</dd><dd class="what">{what}</dd></div>;
}

// The figures that are read first; each says what it counts, because their rates differ.
function Keys({ total }: { total: ProgressRow }) {
  const failed = total.failed + total.rolledBack;
  return (
    <dl class="keys">
      <Key word={tr("Number of devices")} value={figure(total.total)} what={tr("all in the scope, exempt ones too")} />
      <Key word={tr("Done")} value={`${figure(total.succeeded)} (${total.total > 0 ? percent(total.succeeded / total.total) : "–"})`} what={tr("switched or confirmed, of all devices")} />
      <Key word={tr("Success rate")} value={total.successRate === undefined ? "–" : percent(total.successRate)} what={tr("{n} switched, of {all} attempted", { n: total.succeeded, all: total.attempted })} />
      <Key word={tr("Proves at least (95 %)")} value={total.provenRate === undefined ? "–" : percent(total.provenRate)} what={tr("the lower bound of the success rate that this sample proves")} />
      <Key word={tr("Failed or switched back")} value={figure(failed)} what={tr("as they stand now; one that was switched later is not counted")} />
    </dl>
  );
}

function ApprovedPlan({ plan, rollout }: { plan: Plan; rollout: Rollout }) {
  return (
    <>
      <p>{rich("Plan {number}, decided by {who} at {time}: {remark}", {
        number: <Link to={`/${plan.name}`}>{plan.name.split("/").at(-1)}</Link>, who: <bdi>{plan.approver}</bdi>, time: dayAndTime(plan.approveTime), remark: <bdi>{plan.remark || "–"}</bdi>,
      })}</p>
      <p>{tr("Planned: {planned}. Left out: {left}. Blocked: {blocked}.", { planned: plan.plannedCount, left: plan.leftCount, blocked: plan.blockedCount })}</p>
      <PhaseDates plan={plan} rollout={rollout} />
    </>
  );
}

function Gates({ phases }: { phases: Phase[] }) {
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={tr("Gate decisions")}>
      <table>
        <thead><tr>
          <th scope="col">{tr("Phase")}</th><th scope="col">{tr("State")}</th><th scope="col">{tr("Opened")}</th><th scope="col">{tr("Passed")}</th>
          <th scope="col" class="number">{tr("Switched / attempted")}</th><th scope="col" class="number">{tr("Success rate")}</th><th scope="col" class="number">{tr("Proves at least")}</th><th scope="col">{tr("Decision")}</th>
        </tr></thead>
        <tbody>{phases.map((phase) => (
          <tr key={phase.id}>
            <th scope="row"><bdi>{phase.title || phase.id}</bdi></th><td class="nowrap">{term(PhaseStateSchema, phase.state)}</td><td class="nowrap">{shortDay(phase.openedOn) || "–"}</td><td class="nowrap">{shortDay(phase.passedOn) || "–"}</td>
            <td class="number">{figure(phase.succeeded)} / {figure(phase.attempted)}</td>
            <td class="number">{phase.successRate === undefined ? "–" : percent(phase.successRate)}</td><td class="number">{phase.provenRate === undefined ? "–" : percent(phase.provenRate)}</td>
            <td><Decision phase={phase} /></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function NextSteps({ phases, plan }: { phases: Phase[]; plan: Plan | null }) {
  const steps = phases.flatMap((phase) => phase.openConditions.map((condition) => ({ phase, condition })));
  return (
    <ul class="bullets">
      {steps.map(({ phase, condition }) => <li key={`${phase.id} ${condition.code}`}><bdi>{phase.title || phase.id}</bdi>: <bdi>{conditionText(condition)}</bdi></li>)}
      {plan && plan.leftCount + plan.blockedCount > 0 && <li>{tr("{n} devices have no date: {left} left out, {blocked} blocked. Remove what is in the way, then plan again.", { n: plan.leftCount + plan.blockedCount, left: plan.leftCount, blocked: plan.blockedCount })}</li>}
      {plan === null && <li>{tr("No plan is approved yet.")}</li>}
      {steps.length === 0 && <li>{tr("No gate waits for anything.")}</li>}
    </ul>
  );
}

function Paper({ figures }: { figures: Figures }) {
  const { rollout, progress, forecast, plan } = figures;
  const rows = (title: string, id: string, first: string, of: ProgressRow[]) => of.length > 0 && <Section id={id} title={title}><StateTable first={first} rows={of} /></Section>;
  return (
    <article class="report stack">
      <header>
        <h1>{tr("Report on the change of log-on method")}</h1>
        <p><bdi>{rollout.title}</bdi> ({term(AuthMethodSchema, rollout.fromMethod)} → {term(AuthMethodSchema, rollout.toMethod)})</p>
        <p class="small">{tr("As of {time}", { time: dayAndTime(progress.time) })} · {term(RolloutStateSchema, rollout.state)}</p>
      </header>
      {progress.total && <Keys total={progress.total} />}
      <Section id="burn-up" title={tr("Done against plan")}><BurnUp progress={progress} forecast={forecast} /></Section>
      <Section id="forecast" title={tr("Forecast")}>
        {forecast ? (
          <>
            <p>{forecast.all?.nineOfTen ? tr("Half of the simulated courses are done by {half}, nine of ten by {day}; planned is {planned}.", { half: fullDay(forecast.all.half), day: fullDay(forecast.all.nineOfTen), planned: fullDay(forecast.all.planned) }) : tr("Nothing is left to forecast.")}</p>
            <ForecastTable forecast={forecast} phases={progress.gates} />
            <p class="small weak">{tr("“Expected to fail” is a share of attempts to come and starts from an assumption, so it differs from 100 % less the success rate until there are many attempts.")}</p>
          </>
        ) : <p class="weak">{tr("No plan is approved, so there is no forecast.")}</p>}
      </Section>
      <Section id="plan" title={tr("Approved plan")}>{plan ? <ApprovedPlan plan={plan} rollout={rollout} /> : <p class="weak">{tr("No plan is approved yet.")}</p>}</Section>
      <Section id="gates" title={tr("Gate decisions")}><Gates phases={progress.gates} /></Section>
      <Section id="next" title={tr("Next steps")}><NextSteps phases={progress.gates} plan={plan} /></Section>
      {rows(tr("By phase"), "by-phase", tr("Phase"), progress.phases)}
      {rows(tr("By department"), "by-department", tr("Department"), progress.departments)}
      {rows(tr("By site"), "by-site", tr("Site"), progress.sites)}
      {rows(tr("By team"), "by-team", tr("Team"), progress.teams)}
      <Section id="causes" title={tr("Failures by cause")}><Causes causes={progress.causes} /></Section>
    </article>
  );
}

async function save(name: string, format: ReportFormat, end: string, type: string): Promise<void> {
  try {
    await downloadParts(`${name.split("/").at(-1)}-report.${end}`, type, client(RolloutService).getReport({ name, format, language: language.value }));
  } catch (thrown) {
    toast("bad", sentenceOf(failureOf(thrown)));
  }
}

function Report({ parameters }: { parameters: Record<string, string> }) {
  const id = parameters.id ?? "";
  const name = `rollouts/${id}`;
  const { value, failure, again } = useRead((signal) => read(name, signal), [name]);
  return (
    <div class="stack">
      <RolloutTabs id={id} />
      <Refusal failure={failure} onRetry={again} />
      {value === undefined && <><h1>{tr("Report")}</h1>{failure === null && <Waiting />}</>}
      {value && (
        <>
          <div class="row no-print">
            <button class="button main" type="button" onClick={() => window.print()}>{tr("Print")}</button>
            <button class="button" type="button" onClick={() => void save(name, ReportFormat.HTML, "html", "text/html")}>{tr("Save as HTML")}</button>
            <button class="button" type="button" onClick={() => void save(name, ReportFormat.XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}>{tr("Save as a workbook")}</button>
          </div>
          <Paper figures={value} />
        </>
      )}
    </div>
  );
}

export const view: View = { title: ({ id = "" }) => tr("Report on {id}", { id }), Body: Report };
