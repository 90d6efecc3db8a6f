import { useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/failure";

/** A write of a form: one at a time, with the refusal of the last. */
export interface Act {
  busy: boolean;
  failure: Failure | null;
  /** Runs it; nothing while another one runs. */
  run(write: () => Promise<void>): void;
  /** Takes the refusal away. */
  clear(): void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = (write: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    write().then(() => setFailure(null), (fault: unknown) => setFailure(failureOf(fault))).finally(() => setBusy(false));
  };
  return { busy, failure, run, clear: () => setFailure(null) };
}
