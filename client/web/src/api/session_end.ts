// Tells that the service knows the caller no longer; session.ts hears it.

const listeners = new Set<() => void>();

export function onEnded(listener: () => void): void {
  listeners.add(listener);
}

export function ended(): void {
  for (const listener of listeners) listener();
}
