// A rollout's events as they happen.
import { Code, ConnectError } from "@connectrpc/connect";
import { type RolloutEvent, RolloutService } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "./transport";

/** What happens while a rollout is watched. */
export interface Watcher {
  /** Each event, once. */
  onEvent(event: RolloutEvent): void;
  /** The watch has begun, or goes on after a break that the service could not bridge: read anew. */
  onBegin?(): void;
  /** Whether events come as they happen. */
  onLive?(live: boolean): void;
}

function visible(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
  });
}

/**
 * Watches a rollout (`rollouts/face2025`) until the returned function is called. Connects again after a break and
 * continues after the last event. A hidden tab holds no connection, because browsers have few to a host.
 */
export function watch(name: string, watcher: Watcher): () => void {
  const end = new AbortController();
  let token = "";
  let pause = 500;
  const once = async () => {
    await visible();
    const signal = new AbortController();
    const stop = () => signal.abort();
    const hide = () => document.hidden && stop();
    end.signal.addEventListener("abort", stop);
    document.addEventListener("visibilitychange", hide);
    try {
      const events = client(RolloutService).watchRollout({ name, resumeToken: token }, { signal: signal.signal, timeoutMs: 0 });
      for await (const event of events) {
        pause = 500;
        watcher.onLive?.(true);
        if (event.record === "" && token === "") watcher.onBegin?.();
        if (event.resumeToken !== "") token = event.resumeToken;
        if (event.record !== "") watcher.onEvent(event);
      }
    } catch (fault) {
      const { code } = ConnectError.from(fault);
      if (code === Code.InvalidArgument || code === Code.OutOfRange || code === Code.FailedPrecondition) token = "";
      if (code === Code.Unauthenticated || code === Code.NotFound || code === Code.PermissionDenied) end.abort();
    } finally {
      document.removeEventListener("visibilitychange", hide);
      end.signal.removeEventListener("abort", stop);
      watcher.onLive?.(false);
    }
  };
  void (async () => {
    while (!end.signal.aborted) {
      await once();
      if (end.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, 15_000);
    }
  })();
  return () => end.abort();
}
