// The fields of a device that people edit, as texts.
import { create } from "@bufbuild/protobuf";
import { type Device, DeviceSchema, DeviceUserSchema } from "#gen/kirikae/v1/inventory_service_pb";
import type { Change } from "../../parts/changes";
import { numberOf } from "../../words/values";

/** In the order of the form. */
export const edited = [
  "host_name", "serial", "model", "os", "kind", "network", "department", "site", "floor", "users", "camera", "inventoried_on",
  "lease_ends_on", "camera_due_on", "labels", "note",
] as const;

/** The members of a message by the names of the API. */
const memberOf = new Map(DeviceSchema.fields.map((field) => [field.name, field]));

/** The set of a field's words; absent = it has none. */
export function setOfField(name: string) {
  return memberOf.get(name)?.enum;
}

/** A field as text: users by their numbers, labels a line each. */
export function textOf(device: Device, name: string): string {
  if (name === "users") return device.users.map(({ staffNumber }) => staffNumber).join(", ");
  if (name === "labels") return Object.entries(device.labels).map(([key, value]) => `${key}=${value}`).join("\n");
  if (name === "exception") return device.exception === undefined ? "" : device.exception.until;
  const field = memberOf.get(name);
  if (field === undefined) return "";
  const value = (device as unknown as Record<string, unknown>)[field.localName];
  if (field.enum) return value === 0 ? "" : (field.enum.value[value as number]?.localName ?? "");
  return String(value ?? "");
}

/** A device with these fields, for a write with a mask of them. */
export function deviceWith(base: Device, texts: Record<string, string>): Device {
  const device = create(DeviceSchema, { name: base.name, assetTag: base.assetTag, etag: base.etag });
  for (const [name, text] of Object.entries(texts)) {
    const field = memberOf.get(name);
    if (name === "users") {
      device.users = text.split(/[\s,、，]+/).filter(Boolean).map((staffNumber) => create(DeviceUserSchema, { staffNumber }));
    } else if (name === "labels") {
      for (const line of text.split(/\r?\n/).filter((one) => one.trim() !== "")) {
        const [key = "", ...value] = line.split("=");
        device.labels[key.trim()] = value.join("=").trim();
      }
    } else if (field !== undefined) {
      const value = field.enum ? numberOf(field.enum, text) : text;
      (device as unknown as Record<string, unknown>)[field.localName] = value;
    }
  }
  return device;
}

/** The fields in which two states of a device differ. */
export function differences(before: Device, after: Device, names: readonly string[]): Change[] {
  return names.map((field) => ({ field, oldValue: textOf(before, field), newValue: textOf(after, field) }))
    .filter(({ oldValue, newValue }) => oldValue !== newValue);
}
