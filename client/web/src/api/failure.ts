// A refusal of the service in words, with each field that is at fault.
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, LocalizedMessageSchema } from "#gen/google/rpc/error_details_pb";
import { LocalizedBadRequestSchema } from "#gen/kirikae/v1/types_pb";
import { said } from "../words/language";
import { tr } from "../words/sentence";
import { isLost } from "./lost";

/** A sentence in both languages. */
export interface Said {
  en: string;
  ja: string;
}

export interface Failure {
  /** UPPER_SNAKE, the service's own; that of the status where it gave none, such as UNAVAILABLE. */
  reason: string;
  metadata: Record<string, string>;
  text: Said;
  /** By field, as the request names it: `options.reason`. */
  fields: { field: string; text: Said }[];
  /** No answer came: the same call may be sent again. */
  lost: boolean;
  /** The service has too much to do just now: the same call may be sent again in a while. */
  busy: boolean;
}

function codeName(code: Code): string {
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** What a call threw. */
export function failureOf(thrown: unknown): Failure {
  const error = ConnectError.from(thrown);
  const info = error.findDetails(ErrorInfoSchema)[0];
  const english = error.findDetails(BadRequestSchema)[0]?.fieldViolations ?? [];
  const japanese = error.findDetails(LocalizedBadRequestSchema)[0]?.fieldViolations ?? [];
  const message = error.findDetails(LocalizedMessageSchema).find(({ locale }) => locale.startsWith("ja"));
  return {
    reason: info?.reason || codeName(error.code),
    metadata: info?.metadata ?? {},
    text: { en: error.rawMessage, ja: message?.message ?? error.rawMessage },
    fields: english.map(({ field, description }, at) => ({
      field,
      text: { en: description, ja: japanese[at]?.description ?? description },
    })),
    lost: isLost(error),
    busy: error.code === Code.ResourceExhausted,
  };
}

/** A failure in the page's language, with what to do where no answer came. */
export function sentenceOf(failure: Failure): string {
  if (failure.lost) return tr("The service does not answer. What you entered is kept. Try again in a moment.");
  return said(failure.text);
}

/** What is wrong with a field; "" = nothing. `*` in a name stands for an index. */
export function faultOf(failure: Failure | null, field: string): string {
  return failure?.fields.filter((one) => one.field === field).map(({ text }) => said(text)).join(" ") ?? "";
}
