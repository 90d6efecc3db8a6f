// The views of the inventory and of the record: they share most of their parts, so they are loaded together.
export { view as bulk } from "./bulk/view";
export { view as device } from "./device/view";
export { view as devices } from "./devices/view";
export { view as importing } from "./import/view";
export { view as changeSet } from "./records/change_set";
export { view as proof } from "./records/proof";
export { view as tokens } from "./records/tokens";
export { view as records } from "./records/view";
