import { MarkOutcome } from "#gen/kirikae/v1/migration_service_pb";
import { tr } from "../../words/sentence";
import type { Act, Standing } from "./marks";

/** A mark in a word. */
export function outcomeWord(outcome: MarkOutcome): string {
  switch (outcome) {
    case MarkOutcome.MIGRATED: return tr("switched");
    case MarkOutcome.FAILED: return tr("failed");
    case MarkOutcome.VERIFIED: return tr("confirmed");
    case MarkOutcome.ROLLED_BACK: return tr("rolled back");
    case MarkOutcome.DEFERRED: return tr("put off");
    default: return "";
  }
}

/** What became of an act, in a word. */
export function standingWord(act: Act): string {
  const words: Record<Standing, () => string> = {
    asked: () => tr("waits for your answer"),
    waiting: () => tr("{what}, not sent yet", { what: outcomeWord(act.outcome) }),
    done: () => outcomeWord(act.outcome),
    same: () => tr("{what} already", { what: outcomeWord(act.outcome) }),
    twice: () => tr("scanned twice, counted once"),
    refused: () => tr("refused"),
    undone: () => tr("taken back"),
    incomplete: () => tr("not marked: complete what is set first"),
  };
  return words[act.standing]();
}
