// The views of the inventory and of the record: they share most of their parts, so they are loaded together.
export { view as bulk } from "./bulk/view";
export { view as device } from "./device/view";
export { view as devices } from "./devices/view";
