import { Link } from "../app/link";
import { path } from "../app/router";
import { tr } from "../words/sentence";

/** The views of one rollout. */
export function RolloutTabs({ id }: { id: string }) {
  const base = `/rollouts/${encodeURIComponent(id)}`;
  const tabs = [
    { to: base, word: tr("Progress") },
    { to: `${base}/plans`, word: tr("Plans") },
    { to: `${base}/readiness`, word: tr("Readiness") },
    { to: `${base}/report`, word: tr("Report") },
  ];
  const current = [...tabs].reverse().find(({ to }) => path.value === to || path.value.startsWith(`${to}/`));
  return (
    <nav class="navigation tabs no-print" aria-label={tr("Views of the rollout")}>
      <ul>{tabs.map((tab) => <li key={tab.to}><Link to={tab.to} aria-current={tab === current ? "page" : undefined}>{tab.word}</Link></li>)}</ul>
    </nav>
  );
}
