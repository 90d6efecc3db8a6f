// Which view stands at which path. The first parts of the paths stand in service/assets/assets.cc too: the service answers
// 404 elsewhere.
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { tr } from "../words/sentence";
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

const office = () => import("../views/office");
function ofRollouts(name: keyof typeof import("../views/rollouts/all")): Promise<{ view: View }> {
  return import("../views/rollouts/all").then((all) => ({ view: all[name] }));
}

export const routes: Route[] = [
  { pattern: "/", load: () => import("../views/look_up/view"), word: () => tr("Look up") },
  { pattern: "/today", load: () => import("../views/today/view"), word: () => tr("Today's work") },
  { pattern: "/devices", load: () => office().then(({ devices: view }) => ({ view })), word: () => tr("Devices"), below: "/devices/" },
  { pattern: "/devices/change", load: () => office().then(({ bulk: view }) => ({ view })) },
  { pattern: "/devices/import", load: () => office().then(({ importing: view }) => ({ view })) },
  { pattern: "/devices/:tag", load: () => office().then(({ device: view }) => ({ view })) },
  { pattern: "/rollouts", load: () => ofRollouts("rollouts"), word: () => tr("Rollouts"), below: "/rollouts/" },
  { pattern: "/rollouts/:id", load: () => ofRollouts("rollout") },
  { pattern: "/rollouts/:id/plans", load: () => ofRollouts("plans") },
  { pattern: "/rollouts/:id/plans/:number", load: () => ofRollouts("plan") },
  { pattern: "/rollouts/:id/report", load: () => ofRollouts("report") },
  { pattern: "/records", load: () => office().then(({ records: view }) => ({ view })), word: () => tr("Records"), below: "/records/", roles: [Role.AUDITOR, Role.OPERATOR, Role.PLANNER, Role.APPROVER] },
  { pattern: "/records/proof", load: () => office().then(({ proof: view }) => ({ view })) },
  { pattern: "/records/tokens", load: () => office().then(({ tokens: view }) => ({ view })) },
  { pattern: "/records/:number", load: () => office().then(({ changeSet: view }) => ({ view })) },
];
