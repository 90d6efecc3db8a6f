// What this browser remembers between visits. A browser may forbid it: then nothing is remembered.

/** The value kept under a name; null = none. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`kirikae.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a value under a name. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`kirikae.${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}
