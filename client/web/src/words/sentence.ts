// The page's own sentences. The source has them in English; the build puts the number of the sentence in its place. So the
// first argument is always a literal in double quotes.
import type { ComponentChildren } from "preact";
import { language, sentences } from "./language";

type Values = Record<string, string | number>;

// What the build makes calls with the sentence's number.
function inLanguage(sentence: string): string {
  return sentences.value[sentence as unknown as number] ?? "";
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : typeof value === "number" ? figure(value) : value;
  });
}

const figures = { ja: new Intl.NumberFormat("ja"), en: new Intl.NumberFormat("en") };

/** A number in the page's language: `1,234`. */
export function figure(value: number): string {
  return figures[language.value].format(value);
}

/** A sentence; `{name}` is filled with the value of that name. */
export function tr(sentence: string, values: Values = {}): string {
  return fill(inLanguage(sentence), values);
}

/** A sentence about `n` things, which fills `{n}`; English tells one from many. */
export function trn(one: string, many: string, n: number, values: Values = {}): string {
  const isOne = n === 1 && language.value === "en";
  return fill(inLanguage(isOne ? one : many), { n, ...values });
}

/** A sentence with elements in its holes. */
export function rich(sentence: string, parts: Record<string, ComponentChildren>): ComponentChildren {
  return inLanguage(sentence)
    .split(/(\{\w+\})/)
    .map((piece) => (piece.startsWith("{") ? (parts[piece.slice(1, -1)] ?? piece) : piece));
}
