// Which view stands at which path. The first parts of the paths stand in service/assets/assets.cc too: the service answers
// 404 elsewhere.
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { tr } from "../words/sentence";
import { view as lookUp } from "../views/look_up/view";
import type { View } from "./view";

export interface Route {
  pattern: string;
  load(): Promise<{ view: View }>;
  /** In the navigation under this word; absent = only linked. */
  word?(): string;
  /** Other paths at which that word is the current one begin so. */
  below?: string;
  /** Whose navigation has it; absent = everyone's. */
  roles?: Role[];
}

const others = () => import("../views/office");

function office(name: keyof Awaited<ReturnType<typeof others>>): Promise<{ view: View }> {
  return others().then((all) => ({ view: all[name] }));
}

/** Loads the other views before anybody goes there, so that they can be opened without a connection. */
export function loadOthers(): void {
  others().catch(() => undefined); // who goes there hears of it
}

export const routes: Route[] = [
  { pattern: "/", load: () => Promise.resolve({ view: lookUp }), word: () => tr("Look up") },
  { pattern: "/today", load: () => office("today"), word: () => tr("Today's work") },
  { pattern: "/devices", load: () => office("devices"), word: () => tr("Devices"), below: "/devices/" },
  { pattern: "/devices/change", load: () => office("bulk") },
  { pattern: "/devices/import", load: () => office("importing") },
  { pattern: "/devices/:tag", load: () => office("device") },
  { pattern: "/rollouts", load: () => office("rollouts"), word: () => tr("Rollouts"), below: "/rollouts/" },
  { pattern: "/rollouts/:id", load: () => office("rollout") },
  { pattern: "/rollouts/:id/plans", load: () => office("plans") },
  { pattern: "/rollouts/:id/plans/:number", load: () => office("plan") },
  { pattern: "/rollouts/:id/readiness", load: () => office("readiness") },
  { pattern: "/rollouts/:id/report", load: () => office("report") },
  { pattern: "/records", load: () => office("records"), word: () => tr("Records"), below: "/records/", roles: [Role.AUDITOR, Role.OPERATOR, Role.PLANNER, Role.APPROVER] },
  { pattern: "/records/proof", load: () => office("proof") },
  { pattern: "/records/tokens", load: () => office("tokens") },
  { pattern: "/records/:number", load: () => office("changeSet") },
];
