// Values of the record as people read them: the record keeps `FACE_AND_PASSWORD`.
import type { DescEnum } from "@bufbuild/protobuf";
import {
  AuthMethodSchema, CameraSchema, DeviceKindSchema, DeviceStateSchema, EnrolmentStateSchema, FailureCauseSchema, NetworkSchema,
  PlacementStateSchema, StaffRoleSchema,
} from "#gen/kirikae/v1/types_pb";
import { tr } from "./sentence";
import { label, term } from "./terms";
import { dayAndTime, fullDay, slotName } from "./time";

const ofDevice: Record<string, DescEnum> = {
  kind: DeviceKindSchema, network: NetworkSchema, camera: CameraSchema, auth_method: AuthMethodSchema, state: DeviceStateSchema,
};
const ofStaff: Record<string, DescEnum> = { role: StaffRoleSchema, enrolment: EnrolmentStateSchema };
const ofPlacement: Record<string, DescEnum> = { state: PlacementStateSchema, cause: FailureCauseSchema };

/** The set whose words a field has; absent = it has none. */
export function setOf(record: string, field: string): DescEnum | undefined {
  const [kind, , below] = record.split("/");
  if (kind === "devices") return (below ? ofPlacement : ofDevice)[field] ?? ofPlacement[field.replace(/^placement\./, "")];
  if (kind === "staff") return ofStaff[field];
  return kind === "placements" || below === "placements" ? ofPlacement[field.replace(/^placement\./, "")] : undefined;
}

/** The number of a value such as `FACE_AND_PASSWORD`; 0 = there is none. */
export function numberOf(set: DescEnum, name: string): number {
  return set.values.find((value) => value.localName === name)?.number ?? 0;
}

/** What people call a field. */
export function fieldName(record: string, field: string): string {
  if (field === "exists") return tr("the record");
  switch (field.replace(/^placement\./, "")) {
    case "day": return tr("planned day");
    case "slot": return tr("planned time");
    case "team": return tr("team");
    case "phase": return tr("phase");
    case "wave": return tr("wave");
  }
  if (field === "placement.state") return tr("state in the rollout");
  return label(record.startsWith("devices/") ? "Device" : "FieldMatch", field);
}

/** A field's value as people read it. */
export function fieldValue(record: string, field: string, value: string): string {
  const set = setOf(record, field);
  const number = set === undefined ? 0 : numberOf(set, value);
  if (set !== undefined && number !== 0) return term(set, number);
  if (field === "exists") return value === "true" ? tr("exists") : value;
  if (field.endsWith("slot")) return slotName(value);
  if (field === "users") return value.split("\n").map((line) => line.split("\t").slice(0, 2).reverse().join(" ")).join(", ");
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return dayAndTime(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return fullDay(value);
  return value;
}
