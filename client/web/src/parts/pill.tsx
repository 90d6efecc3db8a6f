import type { ComponentChildren } from "preact";
import type { Tone } from "./announcer";

/** A state in a word; the colour only repeats it. */
export function Pill({ tone, children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`pill ${tone ?? ""}`}>{children}</span>;
}
