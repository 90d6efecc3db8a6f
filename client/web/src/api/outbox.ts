// Writes that must not be lost: each stands in this browser's outbox before it is sent, and leaves it with its answer.
// It is sent again until one comes; the request id makes that safe for 7 days. Tabs share the outbox; one of them sends.
import { create, type DescMessage, type DescMethodUnary, fromBinary, type MessageInitShape, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { effect, signal } from "@preact/signals";
import { MigrationService } from "#gen/kirikae/v1/migration_service_pb";
import { forget, keep, type Kept, kept } from "./box";
import { type Failure, failureOf } from "./failure";
import { tr } from "../words/sentence";
import { actor } from "./session";
import { transport } from "./transport";

/** The RPCs that may wait. */
const sendable: DescMethodUnary[] = [MigrationService.method.markDevices];

const nameOf = (method: DescMethodUnary) => `${method.parent.typeName}/${method.name}`;

/** What is not sent, oldest first; other people's too. */
export const waiting = signal<readonly Kept[]>([]);

/** What became of a write. */
export type Settled<O extends DescMessage> = { answer: MessageShape<O> } | { failure: Failure };

const settlers = new Map<string, (settled: Settled<DescMessage>) => void>();
// Told of answers to writes that nobody here waits for: of another time, or another tab.
const strangers = new Set<(one: Kept, settled: Settled<DescMessage>) => void>();

/** Hears of answers to writes that an earlier page, or another tab, has entered. */
export function onLateAnswer(listener: (one: Kept, settled: Settled<DescMessage>) => void): () => void {
  strangers.add(listener);
  return () => strangers.delete(listener);
}

const channel = "BroadcastChannel" in window ? new BroadcastChannel("kirikae-outbox") : null;

/** Reads the outbox anew. */
export async function refresh(): Promise<void> {
  waiting.value = await kept();
}

async function changed(): Promise<void> {
  await refresh();
  channel?.postMessage("changed");
}

channel?.addEventListener("message", () => void refresh());

/**
 * Puts a write into the outbox and sends it; the promise ends with its answer, however late, or with a failure where this
 * browser can't keep it: then it is not sent.
 */
export async function post<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>, request: MessageInitShape<I>, id: string, about: string, what: string,
): Promise<Settled<O>> {
  const settled = new Promise<Settled<DescMessage>>((resolve) => settlers.set(id, resolve));
  try {
    await keep({
      id, about, what, actor: actor(), time: Date.now(), order: performance.timeOrigin + performance.now(), rpc: nameOf(method),
      request: toBinary(method.input, create(method.input, request)),
    });
  } catch {
    settlers.delete(id);
    const text = tr("This browser can't keep it, so it was not sent. Make room on the disk or leave the private window, then try again.");
    return { failure: { reason: "NOT_KEPT", metadata: {}, text: { en: text, ja: text }, fields: [], lost: false, busy: false } };
  }
  await changed();
  send();
  return settled as Promise<Settled<O>>;
}

function settle(one: Kept, settled: Settled<DescMessage>): void {
  const settler = settlers.get(one.id);
  settlers.delete(one.id);
  if (settler !== undefined) settler(settled);
  else for (const listener of strangers) listener(one, settled);
}

// Sends one; false = it has no answer yet.
async function sendOne(one: Kept): Promise<boolean> {
  const method = sendable.find((known) => nameOf(known) === one.rpc);
  if (method === undefined) throw new Error(`the outbox can't send ${one.rpc}`);
  let settled: Settled<DescMessage>;
  try {
    const request = fromBinary(method.input, one.request);
    const { message } = await transport.unary(method, undefined, 15_000, undefined, request as never);
    settled = { answer: message };
  } catch (fault) {
    const failure = failureOf(fault);
    // Who is signed out signs in again; it is sent then.
    if (failure.lost || failure.busy || failure.reason === "UNAUTHENTICATED") return false;
    settled = { failure };
  }
  await forget(one.id);
  await changed();
  settle(one, settled);
  return true;
}

let sending = false;
let asked = false;
let again = 0;
let pause = 1000;

async function sendAll(): Promise<void> {
  for (;;) {
    await refresh();
    const next = waiting.value.find((one) => one.actor === actor());
    if (next === undefined) return;
    if (!(await sendOne(next))) {
      again = window.setTimeout(send, pause);
      pause = Math.min(pause * 2, 15_000);
      return;
    }
    pause = 1000;
  }
}

/** Sends what waits, now. */
export function send(): void {
  window.clearTimeout(again);
  asked = sending;
  if (sending || actor() === "") return;
  sending = true;
  const free = () => {
    sending = false;
    if (asked) send();
  };
  const work = "locks" in navigator ? navigator.locks.request("kirikae-outbox", sendAll) : sendAll();
  void work.then(free, free);
}

// After a sign-in, and when the browser believes in its network again.
effect(() => {
  if (actor() !== "") send();
});
window.addEventListener("online", send);
void refresh();

window.addEventListener("beforeunload", (event) => {
  if (waiting.value.length > 0) event.preventDefault();
});
