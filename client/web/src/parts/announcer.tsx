// What is said in passing: a toast for who sees, a live region for who listens.
import { signal } from "@preact/signals";
import { tr } from "../words/sentence";

/** Of what kind it is; failures stay until they are closed. */
export type Tone = "good" | "wait" | "warn" | "bad";

interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

const toasts = signal<readonly Toast[]>([]);
const spoken = signal("");
let last = 0;

function close(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** Shows a sentence for a while and has it read out. */
export function toast(tone: Tone, text: string): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-3), { id, tone, text }];
  announce(text);
  if (tone === "good" || tone === "wait") window.setTimeout(() => close(id), 8000);
}

/** Has a sentence read out. The same one twice is read twice. */
export function announce(text: string): void {
  spoken.value = spoken.peek() === text ? `${text}\u00a0` : text;
}

export function Announcer() {
  return (
    <>
      <div class="away" aria-live="polite" aria-atomic="true" data-spoken>{spoken.value}</div>
      <div class="toasts">
        {toasts.value.map(({ id, tone, text }) => (
          <div key={id} class={`box ${tone} row`} data-toast>
            <span class="grow">{text}</span>
            <button class="button plain" type="button" onClick={() => close(id)}>{tr("Close")}</button>
          </div>
        ))}
      </div>
    </>
  );
}
