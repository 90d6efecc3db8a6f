// Days and times as people read them, in the ward's time zone.
import { signal } from "@preact/signals";
import { language } from "./language";
import { tr } from "./sentence";

/** The ward's, from WhoAmI. */
export const timeZone = signal("Asia/Tokyo");

// Making a format takes milliseconds; using one does not.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(date: Date, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(date.getTime())) return "";
  const locale = language.value === "ja" ? "ja-JP" : "en-GB";
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format.format(date);
}

/** `2025-04-07` as `4月7日(月)` or `Mon 7 Apr`; "" for "". */
export function shortDay(day: string): string {
  if (day === "") return "";
  return formatted(new Date(`${day}T00:00:00Z`), { month: "short", day: "numeric", weekday: "short", timeZone: "UTC" });
}

/** `2025-04-07` with its year; "" for "". */
export function fullDay(day: string): string {
  if (day === "") return "";
  return formatted(new Date(`${day}T00:00:00Z`), { year: "numeric", month: "long", day: "numeric", weekday: "short", timeZone: "UTC" });
}

/** The month of `2025-04-07`: `4月`, `Apr`. */
export function monthName(day: string): string {
  return formatted(new Date(`${day}T00:00:00Z`), { month: "short", timeZone: "UTC" });
}

/** The month of `2025-04-07` with its year. */
export function monthAndYear(day: string): string {
  return formatted(new Date(`${day}T00:00:00Z`), { year: "numeric", month: "long", timeZone: "UTC" });
}

/** The names of the weekdays, Monday first. */
export function weekdays(): string[] {
  return Array.from({ length: 7 }, (_, at) => formatted(new Date(Date.UTC(2024, 0, 1 + at)), { weekday: language.value === "ja" ? "short" : "narrow", timeZone: "UTC" }));
}

/** An instant in RFC 3339 as day and time; "" for "". */
export function dayAndTime(instant: string): string {
  if (instant === "") return "";
  return formatted(new Date(instant), {
    year: "numeric", month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: timeZone.value,
  });
}

/** The time of day of an instant. */
export function timeOfDay(instant: Date): string {
  return formatted(instant, { hour: "2-digit", minute: "2-digit", timeZone: timeZone.value });
}

/** A slot of a day: `am` and `pm` in words, others as they are. */
export function slotName(slot: string): string {
  return slot === "am" ? tr("morning") : slot === "pm" ? tr("afternoon") : slot;
}
