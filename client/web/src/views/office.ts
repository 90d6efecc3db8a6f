// The views besides the look-up: they share most of their parts, and one file compresses better than many.
export { view as bulk } from "./bulk/view";
export { view as device } from "./device/view";
export { view as devices } from "./devices/view";
export { view as importing } from "./import/view";
export { view as plan } from "./plan/view";
export { view as plans } from "./plans/view";
export { view as readiness } from "./readiness/view";
export { view as changeSet } from "./records/change_set";
export { view as proof } from "./records/proof";
export { view as tokens } from "./records/tokens";
export { view as records } from "./records/view";
export { view as report } from "./report/view";
export { view as rollout } from "./rollout/view";
export { view as rollouts } from "./rollouts/view";
export { view as today } from "./today/view";
// The shell is loaded already. Named here, it stands in one file with the parts that these views share with it.
import "../app/shell";
