import { Link } from "../../app/link";
import type { DeviceCard, DeviceUser } from "#gen/kirikae/v1/inventory_service_pb";
import { AuthMethod, AuthMethodSchema, CameraSchema, DeviceKindSchema, EnrolmentState, EnrolmentStateSchema } from "#gen/kirikae/v1/types_pb";
import { MethodBand } from "../../parts/method_band";
import { Pill } from "../../parts/pill";
import { PlacementPill } from "../../parts/placement_pill";
import { said } from "../../words/language";
import { rich, tr } from "../../words/sentence";
import { label, term } from "../../words/terms";
import { dayAndTime, fullDay, slotName } from "../../words/time";

function Person({ user }: { user: DeviceUser }) {
  return (
    <li>
      <bdi>{user.name}</bdi> <bdi class="weak">{user.kana}</bdi> <span class="weak"><bdi>{user.staffNumber}</bdi></span>{" "}
      <Pill tone={user.enrolment === EnrolmentState.ENROLLED ? "good" : "wait"}>{tr("face")}: {term(EnrolmentStateSchema, user.enrolment)}</Pill>
      {user.consentWithheld && <> <Pill tone="warn">{tr("withholds consent")}</Pill></>}
    </li>
  );
}

function Below({ card }: { card: DeviceCard }) {
  const exception = card.device?.exception;
  if (exception) {
    return <span class="exception">{tr("Exception until {day}; then again {method}.", { day: dayAndTime(exception.until), method: term(AuthMethodSchema, card.device?.authMethod ?? AuthMethod.UNSPECIFIED) })}</span>;
  }
  return <>{card.since && tr("since {time}", { time: dayAndTime(card.since) })}</>;
}

/** All that the help desk needs to know of one device. */
export function Card({ card }: { card: DeviceCard }) {
  const { device } = card;
  if (device === undefined) return null;
  const place = [device.site, device.floor].filter(Boolean).join(" ");
  return (
    <article class="stack" tabIndex={-1} aria-labelledby="card-title" data-tag={device.assetTag}>
      <h2 id="card-title" class="away">{device.assetTag}: {term(AuthMethodSchema, card.effectiveMethod)}</h2>
      <MethodBand method={card.effectiveMethod} below={<Below card={card} />} above={
        <><bdi class="tag">{device.assetTag}</bdi> <bdi>{device.hostName}</bdi> {term(DeviceKindSchema, device.kind)} — {tr("method now")}</>
      } />
      {card.advice && <p class="advice"><strong>{tr("What to say")}</strong> {said(card.advice)}</p>}
      {card.blockers.length > 0 && (
        <div class="box warn stack">
          <h3>{tr("What is in the way of the switch")}</h3>
          <ul>{card.blockers.map((blocker) => <li key={blocker.code} data-blocker={blocker.code}>{said(blocker.text)}{blocker.clearsOn && ` → ${fullDay(blocker.clearsOn)}`}</li>)}</ul>
        </div>
      )}
      <div class="columns">
        <section class="box stack">
          <h3>{tr("Users and place")}</h3>
          <ul class="stack">{device.users.map((user) => <Person key={user.staffNumber} user={user} />)}</ul>
          {device.users.length === 0 && <p class="weak">{tr("nobody")}</p>}
          <p><bdi>{device.department}</bdi> <bdi>{place}</bdi></p>
          <dl class="facts small">
            <dt>{label("Device", "serial")}</dt><dd><bdi>{device.serial}</bdi></dd>
            <dt>{label("Device", "model")}</dt><dd><bdi>{device.model}</bdi></dd>
            <dt>{label("Device", "os")}</dt><dd><bdi>{device.os}</bdi></dd>
            <dt>{label("Device", "camera")}</dt><dd>{term(CameraSchema, device.camera)}</dd>
          </dl>
        </section>
        <section class="box stack">
          <h3>{tr("The switch")}</h3>
          {card.stateText && <p><PlacementPill state={card.placementState} cause={card.cause} /> {said(card.stateText)}</p>}
          {card.rollout === "" && <p class="weak">{tr("The device is in no rollout.")}</p>}
          {card.plannedDay && (
            <p>{rich("Planned: {day} {slot} → {method}", {
              day: <strong>{fullDay(card.plannedDay)}</strong>, slot: slotName(card.plannedSlot), method: term(AuthMethodSchema, card.plannedMethod),
            })}{card.overdue && <> <Pill tone="bad">{tr("overdue")}</Pill></>}</p>
          )}
          {card.deferredUntil && <p>{tr("Not before {day}.", { day: fullDay(card.deferredUntil) })}</p>}
          {card.lastChangeText && <p class="small"><span class="weak">{tr("Last change")}</span> <bdi>{said(card.lastChangeText)}</bdi></p>}
          <p><Link class="button" to={`/devices/${encodeURIComponent(device.assetTag)}`}>{tr("The device and its history")}</Link></p>
        </section>
      </div>
    </article>
  );
}
