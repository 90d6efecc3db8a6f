// Whether the service answers. Only an answer proves it: what the browser says of its network does not.
import { signal } from "@preact/signals";

/** Since when calls have had no answer; null = the last one had. */
export const lostSince = signal<Date | null>(null);

/** An answer came, a refusal too. */
export function answered(): void {
  lostSince.value = null;
}

/** A call had no answer. */
export function unanswered(): void {
  lostSince.value ??= new Date();
}
