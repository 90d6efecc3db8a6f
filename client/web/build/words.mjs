// The page's Japanese: puts each sentence's translation beside it, where the source says it.
import { readFileSync } from "node:fs";
import { po } from "gettext-parser";

// Between the English and the Japanese of a sentence; src/words/sentence.ts splits there.
const between = "\\u0001";
const literal = String.raw`"(?:[^"\\\n]|\\.)*"`;
const call = new RegExp(String.raw`\b(tr|rich|trn)\(\s*(${literal})(?:(\s*,\s*)(${literal}))?`, "g");

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort().join(" ");

// The catalogue as a map from the English to the Japanese. Throws where a hole is missing or too many.
export function readCatalogue(file) {
  const entries = Object.values(po.parse(readFileSync(file)).translations[""]);
  const catalogue = new Map();
  for (const { msgid, msgid_plural: many, msgstr } of entries) {
    if (msgid === "") continue;
    const japanese = msgstr[0];
    if (holes(many ?? msgid) !== holes(japanese)) {
      throw new Error(`${file}: the holes differ: ${msgid}`);
    }
    catalogue.set(msgid, japanese);
  }
  return catalogue;
}

// A source with the Japanese in each of its sentences.
export function withJapanese(source, catalogue, file) {
  return source.replace(call, (all, name, one, comma, many) => {
    const japanese = catalogue.get(JSON.parse(one));
    if (!japanese) throw new Error(`${file}: no Japanese in ja.po: ${one}`);
    const both = (text) => `"${text.slice(1, -1)}${between}${JSON.stringify(japanese).slice(1, -1)}"`;
    if (many === undefined) return `${name}(${both(one)}`;
    return name === "trn" ? `${name}(${one}${comma}${both(many)}` : all;
  });
}
