// The day's list, kept as it is while others mark.
import { computed, signal } from "@preact/signals";
import { InventoryService } from "#gen/kirikae/v1/inventory_service_pb";
import { type DueDevice, MigrationService } from "#gen/kirikae/v1/migration_service_pb";
import { RolloutService, RolloutState, type Wave } from "#gen/kirikae/v1/rollout_service_pb";
import { PlacementState } from "#gen/kirikae/v1/types_pb";
import { type Failure, failureOf } from "../../api/failure";
import { client } from "../../api/transport";
import { watch } from "../../api/watch";
import { query } from "../../app/router";

export interface Row {
  due: DueDevice;
  tag: string;
  /** As it is now; marks of anybody change it. */
  state: PlacementState;
}

/** Everything that is due, and what was due when the view was opened. Null = not read yet. */
export const rows = signal<readonly Row[] | null>(null);
export const failure = signal<Failure | null>(null);
/** The waves of the rows, with their figures. */
export const waves = signal<readonly Wave[]>([]);
/** Whether marks of others come as they happen. */
export const live = signal(false);

const compare = new Intl.Collator("ja", { numeric: true }).compare;

/** What the address chooses, in walking order. */
export const shownRows = computed(() => {
  const team = query.value.get("team") ?? "";
  const site = query.value.get("site") ?? "";
  const onlyFailed = query.value.has("failed");
  return (rows.value ?? [])
    .filter(({ due, state }) => (team === "" || due.team === team) && (site === "" || due.device?.site === site) && (!onlyFailed || state === PlacementState.FAILED))
    .sort((a, b) =>
      compare(a.due.device?.site ?? "", b.due.device?.site ?? "") || compare(a.due.device?.floor ?? "", b.due.device?.floor ?? "") ||
      compare(a.due.device?.department ?? "", b.due.device?.department ?? "") || compare(a.tag, b.tag));
});

function valuesOf(pick: (row: Row) => string): string[] {
  return [...new Set((rows.value ?? []).map(pick).filter((value) => value !== ""))].sort(compare);
}

export const teams = computed(() => valuesOf(({ due }) => due.team));
export const sites = computed(() => valuesOf(({ due }) => due.device?.site ?? ""));

// In which order states were set and the list was asked for: an answer that was asked for before a state was set has an older
// one, and one that comes after a newer answer has nothing new.
let clock = 0;
let newest = 0;
const setAt = new Map<string, number>();

/** Sets a device's state, where it is in the list; false = it is not. */
export function setState(tag: string, state: PlacementState): boolean {
  const all = rows.value ?? [];
  setAt.set(tag, ++clock);
  if (!all.some((row) => row.tag === tag)) return false;
  rows.value = all.map((row) => (row.tag === tag ? { ...row, state } : row));
  return true;
}

export function rowOf(tag: string): Row | undefined {
  return rows.value?.find((row) => row.tag === tag);
}

const compact = (tag: string) => tag.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();

/** The tag in the list that differs in separators only, where it is one; otherwise the tag as it is. */
export function listedTag(tag: string): string {
  if (rowOf(tag)) return tag;
  const same = (rows.value ?? []).filter((row) => compact(row.tag) === compact(tag));
  return same.length === 1 ? (same[0]?.tag ?? tag) : tag;
}

/** The tag of the device that the look-up takes it for, where it is one; otherwise, and without an answer, the tag as it is. */
export async function knownTag(tag: string): Promise<string> {
  const { matches, more } = await client(InventoryService).lookupDevices({ query: tag, pageSize: 2 }).catch(() => ({ matches: [], more: false }));
  const found = matches[0]?.card?.device?.assetTag ?? "";
  return matches.length === 1 && !more && compact(found) === compact(tag) ? found : tag;
}

async function readAll(): Promise<DueDevice[]> {
  const all: DueDevice[] = [];
  let pageToken = "";
  do {
    const page = await client(MigrationService).listDue({ pageSize: 1000, pageToken });
    all.push(...page.devices);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return all;
}

/** Reads the list anew. What was due before and no longer is stays, with its state, so that the day's work stands there. */
export async function read(): Promise<void> {
  const asked = ++clock;
  try {
    const answer = await readAll();
    if (asked < newest) return;
    newest = asked;
    const fresh = answer.map((due) => {
      const tag = due.device?.assetTag ?? "";
      const own = (setAt.get(tag) ?? 0) > asked ? rowOf(tag)?.state : undefined;
      return { due, tag, state: own ?? due.state };
    });
    const tags = new Set(fresh.map(({ tag }) => tag));
    const finished = (rows.value ?? []).filter(({ tag }) => !tags.has(tag));
    rows.value = [...fresh, ...finished];
    failure.value = null;
    await readWaves();
  } catch (fault) {
    failure.value = failureOf(fault);
  }
}

const mostWaves = 50;

async function readWaves(): Promise<void> {
  const names = [...new Set((rows.value ?? []).map(({ due }) => due.wave).filter((name) => name !== ""))].slice(0, mostWaves);
  waves.value = await Promise.all(names.map((name) => client(RolloutService).getWave({ name })));
}

let waiting = 0;

/** Reads the list anew soon; once for many events. */
export function readSoon(): void {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => void read(), 400);
}

/** Watches the rollouts that are under way until the returned function is called. */
export function follow(): () => void {
  const ends: (() => void)[] = [];
  let over = false;
  void client(RolloutService).listRollouts({}).then(({ rollouts }) => {
    if (over) return;
    for (const { name } of rollouts.filter(({ state }) => state === RolloutState.ACTIVE || state === RolloutState.PAUSED)) {
      ends.push(watch(name, {
        onBegin: readSoon,
        onLive: (now) => (live.value = now),
        onEvent: ({ record, newState }) => {
          const tag = record.split("/placements/")[1] ?? "";
          const state = PlacementState[newState as keyof typeof PlacementState];
          if (tag !== "" && state !== undefined) setState(tag, state);
          readSoon();
        },
      }));
    }
  }, () => undefined);
  return () => {
    over = true;
    for (const end of ends) end();
    window.clearTimeout(waiting);
  };
}
