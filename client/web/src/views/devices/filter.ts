// The filter of the list: one text in the service's filter language, of which the form shows the plain comparisons.

import { quoted } from "../../parts/device_rows";

/** Comparisons that the form has, by field, and the rest of the filter as text. */
export interface Parts {
  simple: Map<string, string>;
  rest: string;
}

/** The fields of the form with their comparison. */
export const compared: ReadonlyMap<string, "=" | ":"> = new Map([
  ["department", ":"], ["effective_method", "="], ["state", "="], ["kind", "="], ["network", "="], ["camera", "="],
  ["placement.state", "="], ["site", "="],
]);

// Pieces of a filter: texts in quotes, parentheses, the rest.
const pieces = /"(?:[^"\\]|\\.)*"|[()]|\s+|[^\s()"]+/g;

// The parts that AND joins at the top; null where OR stands there.
function conjunction(filter: string): string[] | null {
  const parts = [""];
  let depth = 0;
  for (const [piece] of filter.matchAll(pieces)) {
    if (piece === "(") ++depth;
    else if (piece === ")") --depth;
    if (depth === 0 && piece === "OR") return null;
    if (depth === 0 && piece === "AND") parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}

/** What the form shows of a filter. */
export function partsOf(filter: string): Parts {
  const simple = new Map<string, string>();
  const parts = conjunction(filter);
  if (parts === null) return { simple, rest: filter.trim() };
  const rest = parts.filter((part) => {
    const found = /^([\w.]+)\s*(=|:)\s*("(?:[^"\\]|\\.)*"|[^\s()"=!<>:]+)$/.exec(part);
    const [, field = "", comparison, value = ""] = found ?? [];
    if (compared.get(field) !== comparison || comparison === undefined || simple.has(field)) return true;
    simple.set(field, unquoted(value));
    return false;
  });
  return { simple, rest: rest.join(" AND ") };
}

/** The filter with a comparison of the form set; "" takes it out. */
export function withPart(filter: string, field: string, value: string): string {
  const { simple, rest } = partsOf(filter);
  simple.set(field, value);
  const parts = [...simple].filter(([, wanted]) => wanted !== "")
    .map(([name, wanted]) => `${name} ${compared.get(name)} ${/^\w+$/.test(wanted) ? wanted : quoted(wanted)}`);
  if (rest !== "") parts.push(parts.length > 0 && conjunction(rest) === null ? `(${rest})` : rest);
  return parts.join(" AND ");
}

/** The filter of devices with these tags. */
export function filterOfTags(tags: readonly string[]): string {
  return tags.map((tag) => `asset_tag = ${/^[\w-]+$/.test(tag) ? tag : quoted(tag)}`).join(" OR ");
}

/** The tags of a filter that filterOfTags made; null = it is another filter. */
export function tagsOf(filter: string): string[] | null {
  if (filter === "") return [];
  const tags = [...filter.matchAll(/asset_tag = ("(?:[^"\\]|\\.)*"|[\w-]+)(?: OR |$)/g)].map(([, value = ""]) => unquoted(value));
  return filterOfTags(tags) === filter ? tags : null;
}
