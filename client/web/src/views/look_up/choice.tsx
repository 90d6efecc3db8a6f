// The list beside the card: what matches, told apart by name and department.
import type { LookupDevicesResponse, LookupMatch, LookupPerson } from "#gen/kirikae/v1/inventory_service_pb";
import { AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { Pill } from "../../parts/pill";
import { tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { shortDay } from "../../words/time";

/** A device, or a person without one. */
export type Choice = { id: string; match: LookupMatch } | { id: string; person: LookupPerson };

/** What can be chosen, best first. */
export function choicesOf(answer: LookupDevicesResponse): Choice[] {
  const devices = answer.matches.map((match) => ({ id: `choice-${match.card?.device?.assetTag}`, match }));
  const without = answer.people.filter(({ deviceCount }) => deviceCount === 0)
    .map((person) => ({ id: `choice-person-${person.staff?.staffNumber}`, person }));
  return [...devices, ...without];
}

function DeviceChoice({ match }: { match: LookupMatch }) {
  const card = match.card;
  const device = card?.device;
  if (card === undefined || device === undefined) return null;
  // The user who was asked for stands first.
  const values = new Set(match.fields.map(({ value }) => value));
  const asked = device.users.find((user) => values.has(user.name) || values.has(user.kana) || values.has(user.staffNumber)) ?? device.users[0];
  const others = device.users.length - 1;
  return (
    <>
      <span class="row"><strong><bdi>{asked ? asked.name || asked.staffNumber : device.assetTag}</bdi></strong> <Pill tone={card.effectiveMethod > 1 ? "good" : undefined}>{term(AuthMethodSchema, card.effectiveMethod)}</Pill>
        {card.plannedDay && <Pill tone="wait">{tr("{day} switch", { day: shortDay(card.plannedDay) })}</Pill>}</span>
      <span class="small weak"><bdi>{device.department}</bdi> <bdi>{device.floor}</bdi> <bdi>{device.assetTag}</bdi>{others > 0 && ` (${trn("and one other", "and {n} others", others)})`}</span>
    </>
  );
}

export function ChoiceText({ choice }: { choice: Choice }) {
  if ("match" in choice) return <DeviceChoice match={choice.match} />;
  const { staff } = choice.person;
  return (
    <>
      <span class="row"><strong><bdi>{staff?.displayName}</bdi></strong> <Pill>{tr("no device")}</Pill></span>
      <span class="small weak"><bdi>{staff?.department}</bdi> <bdi>{staff?.staffNumber}</bdi></span>
    </>
  );
}
