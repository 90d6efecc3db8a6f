import { tr } from "../words/sentence";

type Props = { first: boolean; more: boolean; onFirst: () => void; onNext: () => void };

/** Steps through a list of the service: its pages are known one after the other. */
export function Pager({ first, more, onFirst, onNext }: Props) {
  if (first && !more) return null;
  return (
    <div class="row no-print">
      <button class="button" type="button" disabled={first} onClick={onFirst}>{tr("To the first page")}</button>
      <button class="button" type="button" disabled={!more} onClick={onNext}>{tr("Next page")}</button>
    </div>
  );
}
