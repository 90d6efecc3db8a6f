import type { GateCondition } from "#gen/kirikae/v1/rollout_service_pb";
import { language, said } from "../words/language";

/** A gate's condition in words, without the command at its end: the page has buttons for those. */
export function conditionText({ text }: GateCondition): string {
  return said(text).replace(/\s*:\s*kirikae .*$/, language.value === "ja" ? "。" : ".");
}
