import { tr } from "../words/sentence";

/** Stands where something comes; it is shown after a moment only, so that nothing flickers. */
export function Waiting() {
  return <p class="waiting" aria-busy="true"><span class="late">{tr("Loading…")}</span></p>;
}
