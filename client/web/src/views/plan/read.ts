// A plan with the devices that it is about.
import { type Device, InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { type Plan, type PlanDifference, PlanningService } from "#gen/kirikae/v1/planning_service_pb";
import { type Rollout, RolloutService } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";

export interface Shown {
  plan: Plan;
  rollout: Rollout;
  /** From the plan in force to this one; null = none is in force, or it is this one. */
  difference: PlanDifference | null;
  /** The plan that the difference is from, its resource name. */
  from: string;
}

export async function readPlan(name: string, signal: AbortSignal): Promise<Shown> {
  const [plan, rollout] = await Promise.all([
    client(PlanningService).getPlan({ name }, { signal }), client(RolloutService).getRollout({ name: name.split("/plans/")[0] ?? "" }, { signal }),
  ]);
  // An approved plan is compared with the one that it replaced.
  const from = rollout.approvedPlan === name ? plan.replaces : rollout.approvedPlan;
  const difference = from === "" || from === name ? null : await client(PlanningService).comparePlans({ name: from, other: name }, { signal });
  return { plan, rollout, difference, from };
}

/** The devices of a rollout's scope by tag: a plan names them by tag alone. */
export async function devicesOf(scope: string, signal: AbortSignal): Promise<Map<string, Device>> {
  const devices = new Map<string, Device>();
  for (let pageToken = ""; ;) {
    const page = await client(InventoryService).listDevices({ filter: scope, pageSize: 1000, pageToken }, { signal });
    for (const device of page.devices) devices.set(device.assetTag, device);
    pageToken = page.nextPageToken;
    if (pageToken === "") return devices;
  }
}
