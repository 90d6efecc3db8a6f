// The views of rollouts are loaded together: they share most of their code, and one file compresses better than five.
export { view as plan } from "../plan/view";
export { view as plans } from "../plans/view";
export { view as report } from "../report/view";
export { view as rollout } from "../rollout/view";
export { view as rollouts } from "./view";
