// Marking: by a scan, a typed tag or a row's button, all alike.
import { computed, signal } from "@preact/signals";
import { AuditService } from "#gen/kirikae/v1/audit_service_pb";
import { MarkOutcome, MigrationService } from "#gen/kirikae/v1/migration_service_pb";
import { FailureCause, type PlacementState } from "#gen/kirikae/v1/types_pb";
import { type Failure, failureOf } from "../../api/failure";
import { post, waiting } from "../../api/outbox";
import { actor } from "../../api/session";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import type { Tone } from "../../parts/announcer";
import { readTag } from "../../parts/tag";
import { readSoon, rowOf, setState } from "./due";
import { play } from "../../parts/sound";

/** What the next scans say; set before scanning. */
export const outcome = signal(MarkOutcome.MIGRATED);
export const cause = signal(FailureCause.USER_ABSENT);
export const until = signal("");
export const reason = signal("");

/** What is still missing before a tag can be scanned. */
export const missing = computed<"" | "until" | "reason">(() => {
  if (outcome.value === MarkOutcome.DEFERRED && until.value === "") return "until";
  const needsReason = outcome.value === MarkOutcome.ROLLED_BACK || (outcome.value === MarkOutcome.FAILED && cause.value === FailureCause.OTHER);
  return needsReason && reason.value.trim() === "" ? "reason" : "";
});

/** What became of an act. `twice`: the same was done here before; `same`: it was marked so already. */
export type Standing = "waiting" | "done" | "same" | "twice" | "refused" | "undone" | "incomplete";

export interface Act {
  id: string;
  tag: string;
  fromKana: boolean;
  outcome: MarkOutcome;
  cause: FailureCause;
  time: Date;
  standing: Standing;
  changeSet: string;
  person: string;
  department: string;
  failure: Failure | null;
}

/** The newest first. */
export const acts = signal<readonly Act[]>([]);
/** A mark that is about another day, which waits for a yes. */
export const inQuestion = signal<Act | null>(null);

const tones: Record<Standing, Tone> = { waiting: "wait", done: "good", same: "warn", twice: "warn", refused: "bad", undone: "warn", incomplete: "bad" };

export function toneOf(standing: Standing): Tone {
  return tones[standing];
}

function change(id: string, values: Partial<Act>): void {
  acts.value = acts.value.map((act) => (act.id === id ? { ...act, ...values } : act));
  if (values.standing) play(tones[values.standing]);
}

function add(act: Act): void {
  acts.value = [act, ...acts.value].slice(0, 500);
  play(tones[act.standing]);
}

function requestOf(act: Act, validateOnly: boolean) {
  return {
    assetTags: [act.tag],
    outcome: act.outcome,
    cause: act.cause,
    until: act.outcome === MarkOutcome.DEFERRED ? until.value : "",
    options: { requestId: validateOnly ? "" : act.id, reason: reason.value.trim(), validateOnly, effectiveTime: "" },
  };
}

async function send(act: Act): Promise<void> {
  const settled = await post(MigrationService.method.markDevices, requestOf(act, false), act.id, act.tag, MarkOutcome[act.outcome]);
  if ("failure" in settled) {
    change(act.id, { standing: "refused", failure: settled.failure });
    return;
  }
  const { answer } = settled;
  const result = answer.results[0];
  change(act.id, {
    standing: result?.changed ? "done" : "same", changeSet: answer.changeSet,
    person: result?.users[0]?.name ?? act.person, department: result?.department ?? act.department,
  });
  if (result !== undefined) setState(result.assetTag, result.state as PlacementState);
  readSoon();
}

/** Whether the mark is about another day: the service tells, before it is made. No answer = it is not asked. */
async function isUntimely(act: Act): Promise<boolean> {
  try {
    const { results } = await client(MigrationService).markDevices(requestOf(act, true));
    return results[0]?.untimely ?? false;
  } catch {
    return false; // The mark itself gets the same refusal, or waits.
  }
}

/** Marks what was read, as it is set; gives the act. */
export function mark(raw: string): Act | null {
  const { tag, fromKana } = readTag(raw);
  if (tag === "") return null;
  const row = rowOf(tag);
  const act: Act = {
    id: crypto.randomUUID(), tag, fromKana, outcome: outcome.value, time: new Date(), standing: "waiting", changeSet: "", failure: null,
    cause: outcome.value === MarkOutcome.FAILED ? cause.value : FailureCause.UNSPECIFIED,
    person: row?.due.device?.users[0]?.name ?? "", department: row?.due.device?.department ?? "",
  };
  // The newest act on the tag that counts.
  const before = acts.value.find((one) => one.tag === tag && ["waiting", "done", "same"].includes(one.standing));
  const isTwice = before !== undefined && before.outcome === act.outcome && before.cause === act.cause;
  const waits = waiting.value.some((one) => one.about === tag && one.what === MarkOutcome[act.outcome] && one.actor === actor());
  if (missing.value !== "") {
    add({ ...act, standing: "incomplete" });
  } else if (isTwice || waits) {
    add({ ...act, standing: "twice" });
  } else {
    add(act);
    if (row !== undefined) void send(act);
    else void isUntimely(act).then((untimely) => (untimely ? (inQuestion.value = act) : void send(act)));
  }
  return act;
}

/** The answer to the question about a mark of another day. */
export function answerQuestion(yes: boolean): void {
  const act = inQuestion.value;
  inQuestion.value = null;
  if (act === null) return;
  if (yes) void send(act);
  else change(act.id, { standing: "undone" });
}

/** Takes a mark back. */
export async function undo(act: Act): Promise<void> {
  try {
    await client(AuditService).undoChangeSet({ name: act.changeSet, options: newAct() });
    change(act.id, { standing: "undone" });
    readSoon();
  } catch (fault) {
    change(act.id, { failure: failureOf(fault) });
    play("bad");
  }
}
