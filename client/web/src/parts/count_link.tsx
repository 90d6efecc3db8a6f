import { Link } from "../app/link";
import { figure } from "../words/sentence";

/** A number that leads to exactly the rows it counts; 0 leads nowhere. */
export function CountLink({ count, to, of }: { count: number; to: string; of: string }) {
  if (count === 0) return <span class="number">{figure(0)}</span>;
  return <Link class="number" to={to} aria-label={`${of}: ${figure(count)}`}>{figure(count)}</Link>;
}
