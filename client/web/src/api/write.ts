// What every write carries.
import { create } from "@bufbuild/protobuf";
import { type WriteOptions, WriteOptionsSchema } from "#gen/kirikae/v1/types_pb";

/** Options of a new act: an id of its own, so that sending it twice does it once. Keep them for a retry. */
export function newAct(options: Partial<Pick<WriteOptions, "reason" | "validateOnly" | "effectiveTime">> = {}): WriteOptions {
  return create(WriteOptionsSchema, { ...options, requestId: crypto.randomUUID() });
}
