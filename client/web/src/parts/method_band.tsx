import type { ComponentChildren } from "preact";
import { AuthMethod, AuthMethodSchema } from "#gen/kirikae/v1/types_pb";
import { term } from "../words/terms";
import { MethodIcon } from "./icons";

function kindOf(method: AuthMethod): string {
  return method === AuthMethod.FACE_AND_PASSWORD ? "face" : method === AuthMethod.FACE_AND_IC_CARD ? "both" : "card";
}

/** The method now, as the largest thing on the view: icon and words in a bordered band. */
export function MethodBand({ method, above, below }: { method: AuthMethod; above: ComponentChildren; below: ComponentChildren }) {
  return (
    <div class={`method ${kindOf(method)}`} data-method={AuthMethod[method]}>
      <MethodIcon method={method} />
      <div>
        <p class="small">{above}</p>
        <p class="word">{term(AuthMethodSchema, method)}</p>
        <p>{below}</p>
      </div>
    </div>
  );
}
