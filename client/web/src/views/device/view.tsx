// One device: as it is or was, its history, and what can be done to it.
import { useState } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { type Device, type DeviceCard, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { AuthMethod, AuthMethodSchema, CameraSchema, DeviceKindSchema, DeviceState, DeviceStateSchema, EnrolmentState, EnrolmentStateSchema, NetworkSchema } from "#gen/kirikae/v1/types_pb";
import { isOneOf } from "../../api/session";
import { client } from "../../api/transport";
import { Link } from "../../app/link";
import { path, query, setQuery } from "../../app/router";
import type { View } from "../../app/view";
import { TextField } from "../../parts/field";
import { useRead } from "../../parts/use_read";
import { MethodBand } from "../../parts/method_band";
import { Pill } from "../../parts/pill";
import { PlacementPill } from "../../parts/placement_pill";
import { Refusal } from "../../parts/refusal";
import { Touched } from "../../parts/touched";
import { Waiting } from "../../parts/waiting";
import { said } from "../../words/language";
import { tr } from "../../words/sentence";
import { label, term } from "../../words/terms";
import { dayAndTime, fullDay, slotName } from "../../words/time";
import { DeviceAct, type Doing, wordOf } from "./acts";
import { Edit } from "./edit";
import { History } from "./history";
import "./device.css";

function Below({ device }: { device: Device }) {
  if (!device.exception) return <>{device.authMethodSince && tr("since {time}", { time: dayAndTime(device.authMethodSince) })}</>;
  const { until, reason, grantedBy } = device.exception;
  return (
    <>
      <span class="exception">{tr("Exception until {day}; then again {method}.", { day: dayAndTime(until), method: term(AuthMethodSchema, device.authMethod) })}</span>{" "}
      <span class="small"><bdi>{grantedBy}</bdi>: <bdi>{reason}</bdi></span>
    </>
  );
}

function Facts({ device }: { device: Device }) {
  const facts: [string, string][] = [
    ["department", device.department], ["site", [device.site, device.floor].filter(Boolean).join(" ")], ["network", term(NetworkSchema, device.network)],
    ["camera", term(CameraSchema, device.camera)], ["serial", device.serial], ["model", device.model], ["os", device.os],
    ["auth_method", device.authMethod === AuthMethod.UNSPECIFIED ? "" : term(AuthMethodSchema, device.authMethod)],
    ["inventoried_on", fullDay(device.inventoriedOn)], ["lease_ends_on", fullDay(device.leaseEndsOn)],
    ["camera_due_on", fullDay(device.cameraDueOn)],
    ["labels", Object.entries(device.labels).map(([key, value]) => `${key}=${value}`).join(", ")], ["note", device.note],
  ];
  return (
    <dl class="facts">
      {facts.filter(([, value]) => value !== "").map(([name, value]) => <><dt>{label("Device", name)}</dt><dd><bdi class="value">{value}</bdi></dd></>)}
    </dl>
  );
}

function Users({ device }: { device: Device }) {
  if (device.users.length === 0) return <p class="weak">{tr("nobody")}</p>;
  return (
    <ul class="stack">
      {device.users.map((user) => (
        <li key={user.staffNumber}><bdi>{user.name}</bdi> <bdi class="weak">{user.kana}</bdi> <bdi class="weak">{user.staffNumber}</bdi>{" "}
          {user.enrolment !== EnrolmentState.UNSPECIFIED && <Pill tone={user.enrolment === EnrolmentState.ENROLLED ? "good" : "wait"}>{tr("face")}: {term(EnrolmentStateSchema, user.enrolment)}</Pill>}
          {user.consentWithheld && <> <Pill tone="warn">{tr("withholds consent")}</Pill></>}</li>
      ))}
    </ul>
  );
}

function InRollout({ card }: { card: DeviceCard }) {
  return (
    <section class="box stack">
      <h2>{tr("The switch")}</h2>
      {card.stateText && <p><PlacementPill state={card.placementState} cause={card.cause} /> {said(card.stateText)}</p>}
      {card.rollout === "" && <p class="weak">{tr("The device is in no rollout.")}</p>}
      {card.plannedDay && <p>{fullDay(card.plannedDay)} {slotName(card.plannedSlot)} → {term(AuthMethodSchema, card.plannedMethod)}{card.overdue && <> <Pill tone="bad">{tr("overdue")}</Pill></>}</p>}
      {card.blockers.length > 0 && <ul class="stack">{card.blockers.map((one) => <li key={one.code}>{said(one.text)}{one.clearsOn && ` → ${fullDay(one.clearsOn)}`}</li>)}</ul>}
      {card.rollout !== "" && <p><Link to={`/${card.rollout}`}>{tr("To the rollout")}</Link></p>}
    </section>
  );
}

interface Done {
  act: string;
  after: number;
}

function Acts({ device, onDone }: { device: Device; onDone: (done: Done) => void }) {
  const [doing, setDoing] = useState<Doing | "EDIT" | null>(null);
  const edits = isOneOf(Role.OPERATOR, Role.PLANNER);
  const marks = isOneOf(Role.OPERATOR, Role.PLANNER, Role.APPROVER);
  const retired = device.state === DeviceState.RETIRED;
  const acts: Doing[] = [
    ...(marks && !retired ? ["GRANT_EXCEPTION" as const] : []), ...(edits && device.exception ? ["END_EXCEPTION" as const] : []),
    ...(marks && !retired ? ["CORRECT_METHOD" as const] : []), ...(edits ? [retired ? "RESTORE_DEVICE" as const : "RETIRE_DEVICE" as const] : []),
  ];
  const done = (act: string) => (after: number) => {
    setDoing(null);
    onDone({ act, after });
  };
  if (!marks) return <p class="weak no-print">{tr("You see devices. Operators, planners and administrators change them.")}</p>;
  return (
    <>
      <div class="row no-print">
        {edits && <button class="button main" type="button" aria-expanded={doing === "EDIT"} onClick={() => setDoing("EDIT")}>{tr("Change")}</button>}
        {acts.map((one) => <button key={one} class={`button ${one === "RETIRE_DEVICE" ? "danger" : ""}`} type="button" data-act={one} onClick={() => setDoing(one)}>{wordOf(one)}</button>)}
        {!edits && <span class="weak">{tr("Operators, planners and administrators change the other fields.")}</span>}
      </div>
      {doing === "EDIT" && <Edit device={device} onClose={() => setDoing(null)} onSaved={done("UPDATE_DEVICE")} />}
      {doing !== null && doing !== "EDIT" && <DeviceAct doing={doing} device={device} onClose={() => setDoing(null)} onDone={done(doing)} />}
    </>
  );
}

// The device itself, and what the help desk sees of it now.
async function read(name: string, tag: string, asOf: string, knownAt: string, signal: AbortSignal) {
  const [device, found] = await Promise.all([
    client(InventoryService).getDevice({ name, asOf, knownAt }, { signal }),
    asOf || knownAt ? null : client(InventoryService).lookupDevices({ query: tag, pageSize: 1 }, { signal }),
  ]);
  return { device, card: found?.matches.map(({ card }) => card).find((card) => card?.device?.name === device.name) };
}

function DeviceView({ parameters }: { parameters: Record<string, string> }) {
  const tag = parameters["tag"] ?? "";
  const name = `devices/${tag}`;
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<Done | null>(null);
  const asOf = query.value.get("as_of") ?? "";
  const knownAt = query.value.get("known_at") ?? "";
  const past = asOf !== "" || knownAt !== "";
  const found = useRead((signal) => read(name, tag, asOf, knownAt, signal), [name, asOf, knownAt, round]);
  const renew = () => setRound((before) => before + 1);
  const device = found.value?.device;
  const near = found.failure?.metadata["near"]?.split(",").map((one) => one.trim()).filter(Boolean) ?? [];
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grow"><bdi>{tag}</bdi></h1>
        <Link class="button" to="/devices">{tr("To the devices")}</Link>
      </div>
      <Refusal failure={found.failure} shown={["as_of", "known_at"]} onRetry={found.failure?.lost ? found.again : undefined} />
      {near.length > 0 && <p>{tr("Similar tags:")} {near.map((one) => <><Link to={`/devices/${encodeURIComponent(one)}`}><bdi>{one}</bdi></Link> </>)}</p>}
      {found.loading && !device && <Waiting />}
      {past && <p class="box warn row" role="status"><span class="grow">{tr("You see another day, not what holds now.")}</span><Link class="button" to={path.value}>{tr("To the present")}</Link></p>}
      {device && found.failure === null && (
        <article class="stack" data-tag={device.assetTag}>
          <MethodBand method={device.effectiveMethod} below={<Below device={device} />} above={
            <><bdi>{device.hostName}</bdi> {term(DeviceKindSchema, device.kind)} <Pill tone={device.state === DeviceState.RETIRED ? "warn" : undefined}>{term(DeviceStateSchema, device.state)}</Pill> — {past ? tr("method then") : tr("method now")}</>
          } />
          {!past && <Acts device={device} onDone={(one) => { setDone(one); renew(); }} />}
          {done && !past && <Touched key={done.after} act={done.act} record={name} after={done.after} onUndone={renew} />}
          <div class="columns">
            <section class="box stack"><h2>{tr("What it is")}</h2><Facts device={device} /></section>
            <div class="stack">
              <section class="box stack"><h2>{label("Device", "users")}</h2><Users device={device} /></section>
              {found.value?.card && <InRollout card={found.value.card} />}
            </div>
          </div>
        </article>
      )}
      <section class="no-print" aria-label={tr("The device in the past")}>
        <div class="fields">
          <TextField type="date" label={tr("as of the end of")} value={asOf} onValue={(day) => setQuery({ as_of: day }, true)} />
          <TextField type="date" label={tr("as known at the end of")} value={knownAt} onValue={(day) => setQuery({ known_at: day }, true)} />
        </div>
      </section>
      {(device || past) && <History device={name} asOf={asOf} knownAt={knownAt} round={round} onUndone={renew} />}
    </div>
  );
}

export const view: View = { title: ({ tag = "" }) => tag, Body: DeviceView };
