// The outbox's place in this browser: IndexedDB.

/** A write that has no answer yet. */
export interface Kept {
  /** The request id. */
  id: string;
  /** Grows with each, so that they are sent in order. */
  order: number;
  /** Who wrote it: sent only in that person's session. */
  actor: string;
  /** When it was entered, milliseconds since 1970. */
  time: number;
  /** `kirikae.v1.MigrationService/MarkDevices`. */
  rpc: string;
  /** The message, binary. */
  request: Uint8Array;
  /** What it is about: a tag. */
  about: string;
  /** What it does, for people: kept as the enumeration's value. */
  what: string;
}

const store = "kept";
let opened: Promise<IDBDatabase> | null = null;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(): Promise<IDBDatabase> {
  opened ??= (() => {
    const request = indexedDB.open("kirikae-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
    return done(request);
  })();
  return opened;
}

async function transact<T>(mode: IDBTransactionMode, act: (of: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(store, mode, { durability: "strict" });
  const result = done(act(transaction.objectStore(store)));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
  return result;
}

/** Every write that waits, in order. */
export async function kept(): Promise<Kept[]> {
  const all = (await transact("readonly", (of) => of.getAll())) as Kept[];
  return all.sort((a, b) => a.order - b.order);
}

/** Keeps a write; it is on the disk when this returns. */
export async function keep(one: Kept): Promise<void> {
  await transact("readwrite", (of) => of.put(one));
}

/** Forgets a write, which has been answered. */
export async function forget(id: string): Promise<void> {
  await transact("readwrite", (of) => of.delete(id));
}
