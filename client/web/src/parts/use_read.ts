import { useEffect, useState } from "preact/hooks";
import { Code, ConnectError } from "@connectrpc/connect";
import { type Failure, failureOf } from "../api/failure";

/** What a view reads from the service. */
export interface Read<T> {
  /** The newest answer; that before it while the next one comes. */
  value: T | undefined;
  failure: Failure | null;
  loading: boolean;
  /** Reads it again. */
  again(): void;
}

/** Reads when the view comes and whenever a key changes; an older reading is given up. */
export function useRead<T>(read: (signal: AbortSignal) => Promise<T>, keys: readonly unknown[]): Read<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Read<T>, "again">>({ value: undefined, failure: null, loading: true });
  useEffect(() => {
    const mine = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    read(mine.signal).then(
      (value) => !mine.signal.aborted && setState({ value, failure: null, loading: false }),
      (fault: unknown) => {
        if (mine.signal.aborted || ConnectError.from(fault).code === Code.Canceled) return;
        setState((before) => ({ ...before, failure: failureOf(fault), loading: false }));
      },
    );
    return () => mine.abort();
  }, [...keys, round]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
