import { type Failure, sentenceOf } from "../api/failure";
import { said } from "../words/language";
import { tr } from "../words/sentence";

type Props = {
  failure: Failure | null;
  /** Fields whose faults stand at their input; the others are listed here. */
  shown?: readonly string[];
  /** Tries again. */
  onRetry?: () => void;
};

/** A refusal in words; nothing where there is none. */
export function Refusal({ failure, shown = [], onRetry }: Props) {
  if (failure === null) return null;
  const others = failure.fields.filter(({ field }) => !shown.includes(field));
  return (
    <div class="box bad stack" role="alert" data-reason={failure.reason}>
      <p>{sentenceOf(failure)}</p>
      {others.length > 0 && <ul>{others.map(({ field, text }) => <li key={field}><bdi>{field}</bdi>: {said(text)}</li>)}</ul>}
      {onRetry && <p><button class="button" type="button" onClick={onRetry}>{tr("Try again")}</button></p>}
    </div>
  );
}
