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

/** Asks for what is typed; a newer question takes the place of an older one. */
export async function ask(typed: string): Promise<void> {
  const query = typed.trim();
  asked?.abort();
  asking.value = query;
  if (query === "") {
    found.value = null;
    failure.value = null;
    return;
  }
  const mine = new AbortController();
  asked = mine;
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
