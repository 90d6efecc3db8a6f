// The language of the page: the browser's, or the one chosen on the page.
import { effect, signal } from "@preact/signals";
import { recall, remember } from "./remembered";

export type Language = "ja" | "en";

function first(): Language {
  const kept = recall("language");
  if (kept === "ja" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

/** What reads it is drawn anew when it changes. */
export const language = signal<Language>(first());

effect(() => {
  document.documentElement.lang = language.value;
});

/** Changes the language, and remembers it. */
export function choose(chosen: Language): void {
  language.value = chosen;
  remember("language", chosen);
}

/** A sentence of the service, in the page's language. */
export function said(text: { en: string; ja: string } | undefined): string {
  return text === undefined ? "" : language.value === "ja" ? text.ja : text.en;
}
