// The scan pad, the field for typing, and the last scan as the largest thing.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { FailureCauseSchema } from "#gen/kirikae/v1/types_pb";
import { sentenceOf } from "../../api/failure";
import { announce } from "../../parts/announcer";
import { Dialog } from "../../parts/dialog";
import { TextField } from "../../parts/field";
import { ScanPad } from "../../parts/scan_pad";
import { said } from "../../words/language";
import { rich, tr } from "../../words/sentence";
import { term } from "../../words/terms";
import { timeOfDay } from "../../words/time";
import { type Act, acts, answerQuestion, inQuestion, mark, outcome, override, toneOf, undo } from "./marks";
import { outcomeWord, standingWord } from "./words";

function Last({ act }: { act: Act }) {
  const spoken = `${act.tag} ${standingWord(act)}`;
  useEffect(() => announce(spoken), [spoken, act.id]);
  return (
    <div class={`box ${toneOf(act.standing)} last stack`} data-last={act.tag} data-standing={act.standing}>
      <p class="large"><bdi>{act.tag}</bdi> <span>{standingWord(act)}</span></p>
      <p>{[term(FailureCauseSchema, act.cause), timeOfDay(act.time)].filter(Boolean).join(" ")} <bdi>{act.person}</bdi> <bdi>{act.department}</bdi></p>
      {act.fromKana && <p>{rich("The input method wrote kana; it was read as {tag}.", { tag: <strong><bdi>{act.tag}</bdi></strong> })}</p>}
      {act.failure && <div role="alert" data-reason={act.failure.reason}><p>{sentenceOf(act.failure)}</p><ul>{act.failure.fields.map(({ field, text }) => <li key={field}>{said(text)}</li>)}</ul></div>}
      {act.failure?.reason === "DEVICE_BLOCKED" && <Override key={act.id} act={act} />}
      <p><TakeBack act={act} /></p>
    </div>
  );
}

function TakeBack({ act }: { act: Act }) {
  if (act.standing !== "done" || act.changeSet === "") return null;
  return <button class="button" type="button" aria-label={tr("{tag}: take back", { tag: act.tag })} onClick={() => void undo(act)}>{tr("Take back")}</button>;
}

const shownEarlier = 50;

// What was marked before the last scan; each can be taken back.
function Earlier() {
  const earlier = acts.value.slice(1, shownEarlier + 1);
  if (earlier.length === 0) return null;
  return (
    <section class="box stack" aria-labelledby="earlier">
      <h2 id="earlier">{tr("Before that")}</h2>
      <ul>
        {earlier.map((act) => (
          <li key={act.id} class="row" data-act={act.tag} data-standing={act.standing}>
            <strong><bdi>{act.tag}</bdi></strong> <span>{standingWord(act)}</span> <span class="weak">{timeOfDay(act.time)}</span> <TakeBack act={act} />
            {act.failure && <span role="alert">{sentenceOf(act.failure)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Override({ act }: { act: Act }) {
  const why = useSignal("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (why.value.trim() !== "") override(act, why.value.trim());
  };
  return (
    <form class="stack" onSubmit={submit} data-override>
      <TextField label={tr("Why it is marked all the same")} required maxLength={1000} value={why.value} onValue={(value) => (why.value = value)} />
      <p><button class="button" type="submit">{tr("Mark it all the same")}</button></p>
    </form>
  );
}

function Question({ act }: { act: Act }) {
  return (
    <Dialog title={tr("Mark it all the same?")} onClose={() => inQuestion.value && answerQuestion(false)}>
      <p>{rich("{tag} is not planned for now: its phase has not opened, or its day is more than a week away.", { tag: <strong><bdi>{act.tag}</bdi></strong> })}</p>
      <div class="row">
        <button class="button main" type="button" onClick={() => answerQuestion(true)}>{tr("Mark it")}</button>
        <button class="button" type="button" onClick={() => answerQuestion(false)}>{tr("Leave it")}</button>
      </div>
    </Dialog>
  );
}

export function Scanner() {
  const field = useRef<HTMLInputElement>(null);
  const enter = (event: Event) => {
    event.preventDefault();
    if (field.current && mark(field.current.value)) field.current.value = "";
  };
  const [last] = acts.value;
  return (
    <section class="stack" aria-label={tr("Scanning")}>
      <ScanPad onScan={mark}>{rich("The result is {what}.", { what: <strong>{outcomeWord(outcome.value)}</strong> })}</ScanPad>
      {last && <Last act={last} />}
      <form class="row typing" onSubmit={enter}>
        <div class="field grow">
          <label for="tag">{tr("Or type a tag")}</label>
          <input id="tag" ref={field} inputMode="email" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={100}
            onKeyDown={(event) => event.key === "Enter" && (event.isComposing || event.keyCode === 229) && event.preventDefault()} />
        </div>
        <button class="button" type="submit">{tr("Mark")}</button>
      </form>
      <Earlier />
      {inQuestion.value && <Question act={inQuestion.value} />}
    </section>
  );
}
