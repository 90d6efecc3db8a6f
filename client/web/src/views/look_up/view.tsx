// The help desk's view: one box, and the card while typing.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { actor } from "../../api/session";
import { cameBack } from "../../app/router";
import type { View } from "../../app/view";
import { announce } from "../../parts/announcer";
import { FirstVisit } from "../../parts/first_visit";
import { Refusal } from "../../parts/refusal";
import { AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { Card } from "./card";
import { type Choice, ChoiceText, choicesOf } from "./choice";
import { askAll, entriesOf, list } from "./list";
import { Pasted } from "./pasted";
import { ask, asking, failure, found, longest } from "./query";
import "./look_up.css";

// What is said above the list.
function headline(): string {
  if (found.value === null) return "";
  const { matches, people, peopleCount, more, departments } = found.value.answer;
  if (matches.length === 0 && people.length === 0) return departments.length > 0 ? tr("A department. Type a name or a tag.") : tr("Nothing matches. Ask for the tag on the device, or for the name in kana.");
  if (peopleCount > 1) return trn("One person matches.", "{n} people match. Ask for the department.", peopleCount);
  if (more) return tr("More devices match. Type more.");
  return trn("One device", "{n} devices", matches.length);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

// What stood here when the view was left, for who comes back to it. It is in no address, since names stand in none.
let left = { actor: "", text: "", list: list.value };

function LookUp() {
  const box = useRef<HTMLInputElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const chosen = useSignal("");
  const choices = useComputed<Choice[]>(() => (found.value ? choicesOf(found.value.answer) : []));
  const selected = choices.value.find(({ id }) => id === chosen.value) ?? choices.value[0];

  useEffect(() => {
    if (box.current && cameBack() && left.actor === actor()) {
      box.current.value = left.text;
      list.value = left.list;
      if (left.list === null) void ask(left.text);
    }
    left = { actor: actor(), text: box.current?.value ?? "", list: null };
    box.current?.focus();
    const slash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.isComposing || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", slash);
    return () => {
      document.removeEventListener("keydown", slash);
      left.list = list.value;
      void ask("");
      list.value = null;
    };
  }, []);

  const say = headline();
  const selectedCard = selected !== undefined && "match" in selected ? selected.match.card : undefined;
  const spoken = [say, selectedCard?.device?.assetTag, selectedCard && term(AuthMethodSchema, selectedCard.effectiveMethod)].filter(Boolean).join(" ");
  useEffect(() => {
    // Read out when the typing rests.
    const rest = window.setTimeout(() => spoken && announce(spoken), 700);
    return () => window.clearTimeout(rest);
  }, [spoken]);

  const step = (by: number) => {
    const at = choices.value.findIndex(({ id }) => id === selected?.id);
    const next = choices.value[Math.max(0, Math.min(choices.value.length - 1, at + by))];
    if (next === undefined) return;
    chosen.value = next.id;
    document.getElementById(next.id)?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      card.current?.querySelector<HTMLElement>("article")?.focus();
    } else if (event.key === "Escape" && box.current) {
      box.current.value = left.text = "";
      list.value = null;
      void ask("");
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const entries = entriesOf(event.clipboardData?.getData("text") ?? "");
    if (entries.length < 2) return;
    event.preventDefault();
    void askAll(entries);
  };
  const onInput = (event: Event) => {
    chosen.value = "";
    list.value = null;
    left.text = (event.currentTarget as HTMLInputElement).value;
    void ask((event.currentTarget as HTMLInputElement).value);
  };
  const empty = found.value === null && failure.value === null && list.value === null;
  return (
    <div class="look-up stack">
      <h1 class="away">{tr("Look up")}</h1>
      <div role="search" class="search">
        <label class="away" for="query">{tr("Tag, last digits, host name, serial, staff number, name or kana")}</label>
        <input id="query" ref={box} type="search" autocomplete="off" autocapitalize="off" spellcheck={false} maxLength={longest}
          placeholder={tr("Tag, last digits, name or kana")} role="combobox" aria-expanded={choices.value.length > 1}
          aria-controls="choices" aria-autocomplete="list" aria-activedescendant={choices.value.length > 1 ? selected?.id : undefined}
          onInput={onInput} onKeyDown={onKey} onPaste={onPaste} />
        <p class="hint small weak">{tr("/ to the box, ↑↓ to choose, Enter to the card, Esc to clear. A list can be pasted.")}</p>
      </div>
      <Refusal failure={failure.value} onRetry={() => void ask(asking.value || (box.current?.value ?? ""))} />
      {list.value && <Pasted shown={list.value} />}
      {list.value === null && found.value && (
        <div class={choices.value.length > 1 ? "answer several" : "answer"}>
          <div class={choices.value.length > 1 ? "box choices" : ""}>
            <p class="say" data-say>{say}</p>
            {choices.value.length > 1 && (
              <ul id="choices" role="listbox" aria-label={say}>
                {choices.value.map((choice) => (
                  <li key={choice.id} id={choice.id} role="option" aria-selected={choice.id === selected?.id} onClick={() => (chosen.value = choice.id)}><ChoiceText choice={choice} /></li>
                ))}
              </ul>
            )}
          </div>
          <div ref={card}>
            {selectedCard && <Card card={selectedCard} />}
            {selected && "person" in selected && <p class="box"><bdi>{selected.person.staff?.displayName}</bdi>: {tr("No device has this person as a user.")}</p>}
          </div>
        </div>
      )}
      {empty && <FirstVisit />}
    </div>
  );
}

export const view: View = { title: () => tr("Look up"), Body: LookUp };
