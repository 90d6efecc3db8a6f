import { type Signal, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { type Failure, failureOf } from "../api/failure";

/** What was read. What was there stays in sight while it is read anew. */
export interface Read<T> {
  value: Signal<T | null>;
  failure: Signal<Failure | null>;
  /** Reads anew. */
  again(): void;
}

/** Reads for a view: once, again where one of `inputs` changes, and on demand. Late answers of earlier reads are dropped. */
export function useRead<T>(read: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[] = []): Read<T> {
  const value = useSignal<T | null>(null);
  const failure = useSignal<Failure | null>(null);
  const running = useRef<AbortController | null>(null);
  const again = useCallback(() => {
    running.current?.abort();
    const own = (running.current = new AbortController());
    read(own.signal).then(
      (found) => {
        if (own.signal.aborted) return;
        value.value = found;
        failure.value = null;
      },
      (thrown) => {
        if (!own.signal.aborted) failure.value = failureOf(thrown);
      },
    );
  }, inputs);
  useEffect(() => {
    again();
    return () => running.current?.abort();
  }, [again]);
  return { value, failure, again };
}
