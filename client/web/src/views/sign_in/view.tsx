import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { View } from "../../app/view";
import { signIn } from "../../api/session";
import { waiting } from "../../api/outbox";
import { tr, trn } from "../../words/sentence";
import "./sign_in.css";

const fault = signal("");
const busy = signal(false);

function SignIn() {
  const token = useRef<HTMLInputElement>(null);
  useEffect(() => token.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const entered = token.current?.value.trim() ?? "";
    if (entered === "" || busy.value) return;
    busy.value = true;
    fault.value = await signIn(entered);
    busy.value = false;
    if (fault.value !== "") token.current?.focus();
  };
  return (
    <div class="sign-in stack">
      <h1>{tr("Sign in")}</h1>
      {waiting.value.length > 0 && (
        <p class="box warn">{trn("{n} entry in this browser is not sent yet. It is sent when who made it signs in.", "{n} entries in this browser are not sent yet. They are sent when who made them signs in.", waiting.value.length)}</p>
      )}
      <form class="stack" onSubmit={submit}>
        <div class="field">
          <label for="token">{tr("Token")}</label>
          <p class="help" id="token-help">{tr("The text beginning with krk_ that an administrator gave you.")}</p>
          <input id="token" ref={token} type="password" name="token" autocomplete="current-password" required aria-describedby="token-help token-fault" aria-invalid={fault.value ? true : undefined} />
          <p class="fault" id="token-fault" role="alert">{fault.value}</p>
        </div>
        <p><button class="button main" type="submit" aria-disabled={busy.value}>{tr("Sign in")}</button></p>
      </form>
    </div>
  );
}

export const view: View = { title: () => tr("Sign in"), Body: SignIn };
