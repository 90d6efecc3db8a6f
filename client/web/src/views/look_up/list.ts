// A pasted list: an answer for each line, and which lines no device answers.
import { signal } from "@preact/signals";
import { type DeviceCard, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { type Failure, failureOf } from "../../api/failure";
import { client } from "../../api/transport";

/** The longest list. */
export const mostLines = 500;
const atATime = 6;

/** What a line of the list found. */
export interface Line {
  query: string;
  cards: DeviceCard[];
  more: boolean;
}

export interface List {
  /** In the order of the list; one is absent until it is answered. */
  lines: (Line | undefined)[];
  queries: string[];
  /** Lines beyond the longest list. */
  left: number;
  failure: Failure | null;
}

export const list = signal<List | null>(null);

/** The entries of a pasted text, each once; one = it is no list. */
export function entriesOf(text: string): string[] {
  return [...new Set(text.split(/[\r\n\t,、，;]+/).map((entry) => entry.trim()).filter((entry) => entry !== ""))];
}

/** Looks every entry up. */
export async function askAll(entries: string[]): Promise<void> {
  const queries = entries.slice(0, mostLines);
  const mine: List = { queries, lines: new Array(queries.length), left: entries.length - queries.length, failure: null };
  list.value = mine;
  let next = 0;
  const isCurrent = () => list.value !== null && list.value.queries === queries;
  const work = async () => {
    for (let at = next++; at < queries.length && isCurrent(); at = next++) {
      const query = queries[at] ?? "";
      try {
        const answer = await client(InventoryService).lookupDevices({ query: query.slice(0, 200), pageSize: 3 });
        const cards = answer.matches.flatMap(({ card }) => (card ? [card] : []));
        if (!isCurrent() || list.value === null) return;
        const lines = [...list.value.lines];
        lines[at] = { query, cards, more: answer.more };
        list.value = { ...list.value, lines };
      } catch (fault) {
        if (isCurrent() && list.value !== null) list.value = { ...list.value, failure: failureOf(fault) };
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
}
