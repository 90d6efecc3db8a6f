// The address of the page: a view's path and its query. A view keeps what it shows in the query, so that the address can
// be sent to a colleague and Back returns.
import { batch, signal } from "@preact/signals";

export const path = signal(location.pathname);
export const query = signal(new URLSearchParams(location.search));

let back = false;

/** Whether the present address was come to by the browser's Back or Forward. */
export function cameBack(): boolean {
  return back;
}

function read(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = new URLSearchParams(location.search);
  });
}

window.addEventListener("popstate", () => {
  back = true;
  read();
});

/** Goes to an address of the page, such as `/devices/TSM-00001?tab=history`. */
export function go(address: string): void {
  history.pushState(null, "", address);
  back = false;
  read();
  window.scrollTo(0, 0);
}

/** Sets parameters of the query in place; "" takes one out. `keep`: Back returns to what was before. */
export function setQuery(values: Record<string, string>, keep = false): void {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(values)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  const address = next.size === 0 ? path.value : `${path.value}?${next}`;
  if (keep) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  read();
}

/** The parameters of a path that a pattern such as `/rollouts/:id/plans/:number` matches; null = it does not. */
export function match(pattern: string, address: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = address.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (!part.startsWith(":")) {
      if (part !== value) return null;
      continue;
    }
    try {
      found[part.slice(1)] = decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return found;
}
