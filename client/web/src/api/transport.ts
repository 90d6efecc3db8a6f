// Calls of the service: the Connect protocol, with the session's cookie.
import type { DescService } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { answered, unanswered } from "./connection";
import { isLost } from "./lost";
import { ended } from "./session_end";

/** Makes a call and keeps what it shows of the connection and the session. Throws ConnectError. */
export async function watched<T>(call: () => Promise<T>): Promise<T> {
  try {
    const answer = await call();
    answered();
    return answer;
  } catch (fault) {
    const error = ConnectError.from(fault);
    if (isLost(error)) unanswered();
    else if (error.code !== Code.Canceled) answered();
    if (error.code === Code.Unauthenticated) ended();
    throw error;
  }
}

const watching: Interceptor = (next) => (request) => watched(() => next(request));

export const transport = createConnectTransport({
  baseUrl: location.origin,
  useBinaryFormat: true,
  defaultTimeoutMs: 30_000,
  interceptors: [watching],
});

const clients = new Map<string, unknown>();

/** The client of a service, such as `client(InventoryService)`. */
export function client<S extends DescService>(service: S): Client<S> {
  let made = clients.get(service.typeName) as Client<S> | undefined;
  if (made === undefined) {
    made = createClient(service, transport);
    clients.set(service.typeName, made);
  }
  return made;
}
