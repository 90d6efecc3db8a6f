// Tokens, for an administrator: who has one, a new one, revoking.
import { useState } from "preact/hooks";
import { AccessService, type CreateTokenResponse, Role, RoleSchema, type Token } from "#gen/kirikae/v1/access_service_pb";
import { faultOf } from "../../api/failure";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { newAct } from "../../api/write";
import { Link } from "../../app/link";
import type { View } from "../../app/view";
import { useAct } from "../../parts/act";
import { toast } from "../../parts/announcer";
import { Dialog } from "../../parts/dialog";
import { SelectField, TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { Pill } from "../../parts/pill";
import { Refusal } from "../../parts/refusal";
import { tr } from "../../words/sentence";
import { choices, term } from "../../words/terms";
import { dayAndTime } from "../../words/time";
import { Tabs } from "./view";

function Secret({ made, onClose }: { made: CreateTokenResponse; onClose: () => void }) {
  const copy = () => void navigator.clipboard.writeText(made.secret).then(
    () => toast("good", tr("Copied.")), () => toast("warn", tr("The browser does not let the page copy. Select the text and copy it.")));
  return (
    <section class="box good stack" role="status" data-token={made.token?.name}>
      <p><strong>{tr("The token of {name}", { name: made.token?.displayName ?? "" })}</strong></p>
      {made.secret === "" ? <p>{tr("A certificate stands for its secret.")} <bdi>{made.token?.certificateSubject}</bdi></p> : (
        <>
          <p>{tr("The secret is shown only now. Give it to that person alone.")}</p>
          <p class="row"><code class="secret" data-secret>{made.secret}</code> <button class="button" type="button" onClick={copy}>{tr("Copy")}</button></p>
        </>
      )}
      <p><button class="button" type="button" onClick={onClose}>{tr("I have kept it")}</button></p>
    </section>
  );
}

function Create({ onMade }: { onMade: (made: CreateTokenResponse) => void }) {
  const [displayName, setName] = useState("");
  const [role, setRole] = useState(Role.VIEWER);
  const [days, setDays] = useState("365");
  const [certificateSubject, setSubject] = useState("");
  const [samePerson, setSame] = useState(false);
  const act = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    act.run(async () => {
      // The secret is in this answer only, so the act has no id by which it could be answered again.
      onMade(await client(AccessService).createToken({ displayName, role, days: Number(days) || 0, samePerson, certificateSubject, options: {} }));
      setName("");
    });
  };
  return (
    <form class="box stack" onSubmit={submit} aria-labelledby="new-token">
      <h2 id="new-token">{tr("A new token")}</h2>
      <div class="fields">
        <TextField label={tr("Person or program")} value={displayName} onValue={setName} fault={faultOf(act.failure, "display_name")} autoComplete="off" name="holder" />
        <SelectField label={tr("Role")} value={String(role)} onValue={(value) => setRole(Number(value))} fault={faultOf(act.failure, "role")}
          options={choices(RoleSchema).map(({ value, word }) => ({ value: String(value), word }))} />
        <TextField type="number" min={1} label={tr("Days")} value={days} onValue={setDays} fault={faultOf(act.failure, "days")} />
        <TextField label={tr("Certificate's subject, instead of a secret")} value={certificateSubject} onValue={setSubject} fault={faultOf(act.failure, "certificate_subject")} spellcheck={false} />
      </div>
      <label class="check"><input type="checkbox" checked={samePerson} onChange={() => setSame(!samePerson)} /> {tr("A further token of the person who has this name already")}</label>
      <Refusal failure={act.failure} shown={["display_name", "role", "days", "certificate_subject"]} />
      <p><button class="button main" type="submit" aria-disabled={act.busy}>{tr("Make the token")}</button></p>
    </form>
  );
}

function Revoke({ token, onClose, onDone }: { token: Token; onClose: () => void; onDone: () => void }) {
  const act = useAct();
  const [options] = useState(() => newAct());
  const [reason, setReason] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    act.run(async () => {
      await client(AccessService).revokeToken({ name: token.name, options: { ...options, reason } });
      onDone();
    });
  };
  return (
    <Dialog title={tr("Revoke the token of {name}", { name: token.displayName })} onClose={onClose}>
      <p>{tr("Who has it is signed out at once. It can't be taken back.")}</p>
      <form class="stack" onSubmit={submit}>
        <TextField label={tr("Reason, for the record")} value={reason} onValue={setReason} maxLength={1000} fault={faultOf(act.failure, "options.reason")} />
        <Refusal failure={act.failure} shown={["options.reason"]} />
        <div class="row"><button class="button danger" type="submit" data-revoke-now aria-disabled={act.busy}>{tr("Revoke")}</button><button class="button" type="button" onClick={onClose}>{tr("Cancel")}</button></div>
      </form>
    </Dialog>
  );
}

function Tokens() {
  const found = useRead((signal) => client(AccessService).listTokens({}, { signal }), []);
  const [made, setMade] = useState<CreateTokenResponse | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  if (!isOneOf(Role.ADMIN)) return <div class="stack"><div class="row"><h1 class="grow">{tr("Tokens")}</h1><Tabs /></div><p class="box warn">{tr("Administrators give and revoke tokens.")}</p></div>;
  const done = () => {
    setRevoking(null);
    found.again();
  };
  return (
    <div class="stack">
      <div class="row"><h1 class="grow">{tr("Tokens")}</h1><Tabs /></div>
      {made ? <Secret made={made} onClose={() => setMade(null)} /> : <Create onMade={(one) => { setMade(one); found.again(); }} />}
      <Refusal failure={found.failure} onRetry={found.again} />
      <div class="scroller" tabIndex={0} role="region" aria-label={tr("Tokens")}>
        <table class="records">
          <thead><tr><th scope="col">{tr("for")}</th><th scope="col">{tr("Role")}</th><th scope="col">{tr("until")}</th><th scope="col">{tr("last used")}</th><th scope="col"><span class="away">{tr("Revoke")}</span></th></tr></thead>
          <tbody>
            {(found.value?.tokens ?? []).map((token) => (
              <tr key={token.name} data-row={token.name}>
                <th scope="row"><Link to={`/records?${new URLSearchParams({ actor: token.displayName })}`}><bdi>{token.displayName}</bdi></Link>{token.certificateSubject && <bdi class="small weak"> {token.certificateSubject}</bdi>}</th>
                <td>{term(RoleSchema, token.role)}</td><td>{token.revoked ? <Pill tone="warn">{tr("revoked")}</Pill> : dayAndTime(token.expireTime)}</td>
                <td>{token.lastUseTime === "" ? <span class="weak">{tr("not yet")}</span> : dayAndTime(token.lastUseTime)}</td>
                <td>{!token.revoked && <button class="button danger" type="button" aria-label={tr("Revoke the token of {name}", { name: token.displayName })} onClick={() => setRevoking(token)}>{tr("Revoke")}</button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(null)} onDone={done} />}
    </div>
  );
}

export const view: View = { title: () => tr("Tokens"), Body: Tokens };
