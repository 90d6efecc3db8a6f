// The columns of the list: which there are, and which this browser's visitor has chosen.
import { signal } from "@preact/signals";
import type { Device } from "#gen/kirikae/v1/inventory_service_pb";
import { AuthMethodSchema, CameraSchema, DeviceKindSchema, DeviceState, DeviceStateSchema, NetworkSchema } from "#gen/kirikae/v1/types_pb";
import type { ComponentChildren } from "preact";
import { People } from "../../parts/people";
import { Pill } from "../../parts/pill";
import { recall, remember } from "../../words/remembered";
import { term } from "../../words/terms";
import { dayAndTime, fullDay } from "../../words/time";

interface Column {
  field: string;
  /** Whether the service orders by it. */
  ordered?: boolean;
  cell(device: Device): ComponentChildren;
}

const text = (value: string) => <bdi>{value}</bdi>;

/** The tag stands before them. */
export const columns: readonly Column[] = [
  { field: "effective_method", cell: (device) => <>{term(AuthMethodSchema, device.effectiveMethod)}{device.exception && <> <Pill tone="warn">{fullDay(device.exception.until.slice(0, 10))}</Pill></>}</> },
  { field: "users", ordered: true, cell: ({ users }) => <People users={users} /> },
  { field: "department", ordered: true, cell: (device) => text(device.department) },
  { field: "site", ordered: true, cell: (device) => text(device.site) },
  { field: "floor", ordered: true, cell: (device) => text(device.floor) },
  { field: "kind", ordered: true, cell: (device) => term(DeviceKindSchema, device.kind) },
  { field: "state", ordered: true, cell: (device) => <Pill tone={device.state === DeviceState.RETIRED ? "warn" : undefined}>{term(DeviceStateSchema, device.state)}</Pill> },
  { field: "network", ordered: true, cell: (device) => term(NetworkSchema, device.network) },
  { field: "camera", ordered: true, cell: (device) => term(CameraSchema, device.camera) },
  { field: "host_name", ordered: true, cell: (device) => text(device.hostName) },
  { field: "serial", ordered: true, cell: (device) => text(device.serial) },
  { field: "model", ordered: true, cell: (device) => text(device.model) },
  { field: "os", ordered: true, cell: (device) => text(device.os) },
  { field: "auth_method_since", ordered: true, cell: (device) => dayAndTime(device.authMethodSince) },
  { field: "inventoried_on", ordered: true, cell: (device) => fullDay(device.inventoriedOn) },
  { field: "lease_ends_on", ordered: true, cell: (device) => fullDay(device.leaseEndsOn) },
  { field: "camera_due_on", ordered: true, cell: (device) => fullDay(device.cameraDueOn) },
  { field: "labels", ordered: true, cell: ({ labels }) => text(Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(", ")) },
  { field: "note", ordered: true, cell: (device) => text(device.note) },
];

const usual = ["effective_method", "users", "department", "site", "floor", "kind", "state"];
const chosen = signal<readonly string[]>(recall("devices.columns")?.split(",") ?? usual);

/** The columns shown, in their order. */
export function shownColumns(): Column[] {
  return columns.filter(({ field }) => chosen.value.includes(field));
}

/** Shows a column or hides it, and remembers that. */
export function toggleColumn(field: string): void {
  chosen.value = chosen.value.includes(field) ? chosen.value.filter((one) => one !== field) : [...chosen.value, field];
  remember("devices.columns", chosen.value.join(","));
}
