import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { WriteOptions } from "#gen/kirikae/v1/types_pb";
import { type Failure, failureOf, faultOf } from "../api/failure";
import { newAct } from "../api/write";
import { tr } from "../words/sentence";
import { toast } from "./announcer";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { Refusal } from "./refusal";

type Props = {
  title: string;
  /** The word on the button that does it. */
  verb: string;
  danger?: boolean;
  /** The words of who does it, and the field of the request that has them; absent = none are asked for. */
  remark?: { label: string; field: "remark" | "options.reason"; required?: boolean };
  /** What it will do. */
  children?: ComponentChildren;
  /** What it would do, as the service says it without writing; shown before anything is written. */
  check?(options: WriteOptions): Promise<ComponentChildren>;
  /** Does it; returns what was done, in words. The options have the remark as reason where the field says so. */
  act(options: WriteOptions, remark: string): Promise<string>;
  onClose(): void;
};

/** Asks before a write, shows what it will do, and sends it. A retry has the same request id. */
export function ActDialog({ title, verb, danger = false, remark, children, check, act, onClose }: Props) {
  const words = useSignal("");
  const failure = useSignal<Failure | null>(null);
  const effect = useSignal<ComponentChildren>(check ? tr("Loading…") : null);
  const busy = useSignal(false);
  const own = useRef<WriteOptions | null>(null);
  useEffect(() => {
    check?.(newAct({ validateOnly: true, reason: "-" })).then(
      (found) => (effect.value = found),
      (thrown) => {
        effect.value = null;
        failure.value = failureOf(thrown);
      },
    );
  }, []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    // A new id for other words: a repeated id gives the first answer again.
    const reason = remark?.field === "options.reason" ? words.value.trim() : "";
    if (own.current === null || failure.value?.lost !== true) own.current = newAct({ reason });
    try {
      toast("good", await act(own.current, words.value.trim()));
      onClose();
    } catch (thrown) {
      failure.value = failureOf(thrown);
    }
    busy.value = false;
  };
  const field = remark?.field ?? "";
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        {children}
        {effect.value !== null && <div class="stack" data-effect>{effect.value}</div>}
        {remark && (
          <TextField label={remark.label} name="remark" maxLength={1000} autoComplete="off" required={remark.required} value={words.value}
            fault={faultOf(failure.value, field)} onValue={(value) => (words.value = value)} />
        )}
        <Refusal failure={failure.value} shown={[field]} />
        <div class="row">
          <button class={danger ? "button danger" : "button main"} type="submit" aria-disabled={busy.value}>{verb}</button>
          <button class="button" type="button" onClick={onClose}>{tr("Leave it")}</button>
        </div>
      </form>
    </Dialog>
  );
}
