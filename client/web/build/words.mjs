// The page's words. The source says each sentence in English; the build puts the sentence's number in its place and gives the
// page a list of all sentences in each language, of which a browser loads one.
import { readFileSync } from "node:fs";
import { po } from "gettext-parser";

const literal = String.raw`"(?:[^"\\\n]|\\.)*"`;
const call = new RegExp(String.raw`\b(tr|rich|trn)\(\s*(${literal})(?:(\s*,\s*)(${literal}))?`, "g");

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort().join(" ");

// The catalogue: `numbers` has the number of each English form, `en` and `ja` the sentences by number. What has a plural has
// two numbers, and its Japanese stands at that of the plural. Throws where a hole is missing or too many.
export function readCatalogue(file) {
  const catalogue = { numbers: new Map(), en: [], ja: [] };
  const add = (english, japanese) => {
    catalogue.numbers.set(english, catalogue.en.push(english) - 1);
    catalogue.ja.push(japanese);
  };
  for (const { msgid, msgid_plural: many, msgstr } of Object.values(po.parse(readFileSync(file)).translations[""])) {
    if (msgid === "") continue;
    if (holes(many ?? msgid) !== holes(msgstr[0])) throw new Error(`${file}: the holes differ: ${msgid}`);
    add(msgid, many === undefined ? msgstr[0] : "");
    if (many !== undefined) add(many, msgstr[0]);
  }
  return catalogue;
}

// A source with the number of each of its sentences.
export function withNumbers(source, { numbers, ja }, file) {
  const number = (text) => {
    const found = numbers.get(JSON.parse(text));
    if (found === undefined) throw new Error(`${file}: not in ja.po: ${text}`);
    return found;
  };
  return source.replace(call, (_, name, one, comma, many) => {
    if (name !== "trn") return `${name}(${number(one)}${many === undefined ? "" : comma + many}`;
    if (!ja[number(many)]) throw new Error(`${file}: no Japanese in ja.po: ${many}`);
    return `trn(${number(one)}${comma}${number(many)}`;
  });
}

// The module of a language's sentences.
export function sentencesOf(catalogue, language) {
  return `export default ${JSON.stringify(catalogue[language])};`;
}
