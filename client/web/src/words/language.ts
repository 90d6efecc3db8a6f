// The language of the page: the browser's, or the one chosen on the page.
import { batch, effect, signal } from "@preact/signals";
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

/** The page's own sentences in that language, by number. */
export const sentences = signal<readonly string[]>([]);

const modules = { ja: () => import("#words/ja"), en: () => import("#words/en") };

async function load(wanted: Language): Promise<void> {
  const { default: loaded } = await modules[wanted]();
  batch(() => {
    language.value = wanted;
    sentences.value = loaded;
  });
}

/** Loads the sentences of the page's language, before anything is drawn. Rejects when they can't be loaded. */
export function speak(): Promise<void> {
  return load(language.value);
}

/** Changes the language, and remembers it. Rejects, and changes nothing, when its sentences can't be loaded. */
export async function choose(chosen: Language): Promise<void> {
  await load(chosen);
  remember("language", chosen);
}

/** A sentence of the service, in the page's language. */
export function said(text: { en: string; ja: string } | undefined): string {
  return text === undefined ? "" : language.value === "ja" ? text.ja : text.en;
}
