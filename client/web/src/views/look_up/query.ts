// What the box asks, and the newest answer to it.
import { signal } from "@preact/signals";
import { Code, ConnectError } from "@connectrpc/connect";
import { InventoryService, type LookupDevicesResponse } from "#gen/kirikae/v1/inventory_service_pb";
import { type Failure, failureOf } from "../../api/failure";
import { client } from "../../api/transport";

/** The longest that the service takes. */
export const longest = 200;
const shown = 20;

/** An answer and what was asked. */
export interface Found {
  query: string;
  answer: LookupDevicesResponse;
}

export const found = signal<Found | null>(null);
export const failure = signal<Failure | null>(null);
/** What was asked last and has no answer yet; "" = nothing. */
export const asking = signal("");

let asked: AbortController | null = null;

// What a longer tag leaves of an answer that had every match: it can be shown before the service has answered.
function narrowed(query: string): Found | null {
  const before = found.value;
  if (before === null || before.answer.more || before.answer.people.length > 0 || !query.startsWith(before.query)) return null;
  const tag = query.toUpperCase();
  const isByTag = before.answer.matches.every(({ fields }) => fields.every(({ field }) => field === "asset_tag"));
  const matches = before.answer.matches.filter(({ card }) => card?.device?.assetTag.toUpperCase().startsWith(tag));
  return isByTag && matches.length === 1 ? { query, answer: { ...before.answer, matches } } : null;
}

/** Asks for what is typed; a newer question takes the place of an older one. */
export async function ask(typed: string): Promise<void> {
  const query = typed.trim();
  asked?.abort();
  asked = null; // an answer that is read already is not aborted any more
  asking.value = query;
  if (query === "") {
    found.value = null;
    failure.value = null;
    return;
  }
  const mine = new AbortController();
  asked = mine;
  found.value = narrowed(query) ?? found.value;
  try {
    const answer = await client(InventoryService).lookupDevices({ query, pageSize: shown }, { signal: mine.signal });
    if (asked !== mine) return;
    found.value = { query, answer };
    failure.value = null;
  } catch (fault) {
    if (asked !== mine || ConnectError.from(fault).code === Code.Canceled) return;
    failure.value = failureOf(fault);
  }
  asking.value = "";
}
