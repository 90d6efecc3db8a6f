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
import { knownTag, listedTag, readSoon, rowOf, setState } from "./due";
import { play } from "../../parts/sound";

/** What the next scans say; set before scanning. */
export const outcome = signal(MarkOutcome.MIGRATED);
export const cause = signal(FailureCause.USER_ABSENT);
export const until = signal("");
export const reason = signal("");

/** Whether marks of that kind have a reason. */
export function hasReason(of: MarkOutcome): boolean {
  return of !== MarkOutcome.MIGRATED && of !== MarkOutcome.VERIFIED;
}

/** What is still missing before a tag can be scanned. */
export const missing = computed<"" | "until" | "reason">(() => {
  if (outcome.value === MarkOutcome.DEFERRED && until.value === "") return "until";
  const needsReason = outcome.value === MarkOutcome.ROLLED_BACK || (outcome.value === MarkOutcome.FAILED && cause.value === FailureCause.OTHER);
  return needsReason && reason.value.trim() === "" ? "reason" : "";
});

/** What became of an act. `asked`: it waits for a yes; `twice`: the same was done here before; `same`: it was marked so already. */
export type Standing = "asked" | "waiting" | "done" | "same" | "twice" | "refused" | "undone" | "incomplete";

export interface Act {
  id: string;
  tag: string;
  fromKana: boolean;
  outcome: MarkOutcome;
  cause: FailureCause;
  /** As they were set when it was scanned. */
  until: string;
  reason: string;
  /** Although something is in the way. */
  override: boolean;
  time: Date;
  standing: Standing;
  changeSet: string;
  person: string;
  department: string;
  failure: Failure | null;
}

/** The newest first. */
export const acts = signal<readonly Act[]>([]);
/** Marks that are about another day, which wait for a yes; they are asked one after the other. */
const questions = signal<readonly Act[]>([]);
export const inQuestion = computed<Act | null>(() => questions.value[0] ?? null);

const tones: Record<Standing, Tone> = { asked: "warn", waiting: "wait", done: "good", same: "warn", twice: "warn", refused: "bad", undone: "warn", incomplete: "bad" };

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
    overrideBlockers: act.override,
    until: act.outcome === MarkOutcome.DEFERRED ? act.until : "",
    options: { requestId: validateOnly ? "" : act.id, reason: act.reason, validateOnly, effectiveTime: "" },
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
  const read = readTag(raw);
  const { fromKana } = read;
  if (read.tag === "") return null;
  const tag = listedTag(read.tag);
  const row = rowOf(tag);
  const act: Act = {
    id: crypto.randomUUID(), tag, fromKana, outcome: outcome.value, time: new Date(), standing: "waiting", changeSet: "", failure: null,
    cause: outcome.value === MarkOutcome.FAILED ? cause.value : FailureCause.UNSPECIFIED, until: until.value, reason: hasReason(outcome.value) ? reason.value.trim() : "", override: false,
    person: row?.due.device?.users[0]?.name ?? "", department: row?.due.device?.department ?? "",
  };
  // The newest act on the tag that counts.
  const before = acts.value.find((one) => one.tag === tag && ["asked", "waiting", "done", "same"].includes(one.standing));
  const isTwice = before !== undefined && before.outcome === act.outcome && before.cause === act.cause;
  const waits = waiting.value.some((one) => one.about === tag && one.what === MarkOutcome[act.outcome] && one.actor === actor());
  if (missing.value !== "") {
    add({ ...act, standing: "incomplete" });
  } else if (before?.standing === "asked") {
    return before; // its question stands already
  } else if (isTwice || waits) {
    add({ ...act, standing: "twice" });
  } else {
    add(act);
    if (row !== undefined) void send(act);
    else void sendUnlisted(act);
  }
  return act;
}

// A device that is not in the list: which one it is, and whether it is meant, are asked first.
async function sendUnlisted(scanned: Act): Promise<void> {
  const act = { ...scanned, tag: await knownTag(scanned.tag) };
  change(act.id, { tag: act.tag });
  if (await isUntimely(act)) question(act);
  else void send(act);
}

function question(act: Act): void {
  change(act.id, { standing: "asked" });
  questions.value = [...questions.value, act];
}

/** The answer to the question that stands. */
export function answerQuestion(yes: boolean): void {
  const act = inQuestion.value;
  if (act === null) return;
  questions.value = questions.value.slice(1);
  change(act.id, { standing: yes ? "waiting" : "undone" });
  if (yes) void send(act);
}

/** Makes a mark that was refused because something is in the way, for a reason. */
export function override(act: Act, why: string): void {
  const again: Act = { ...act, id: crypto.randomUUID(), reason: why, override: true, standing: "waiting", failure: null, time: new Date() };
  add(again);
  void send(again);
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
