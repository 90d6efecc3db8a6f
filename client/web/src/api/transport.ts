// Calls of the service: the Connect protocol, with the session's cookie.
import type { DescService } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { answered, unanswered } from "./connection";
import { isLost } from "./lost";
import { ended } from "./session_end";

const watched: Interceptor = (next) => async (request) => {
  try {
    const answer = await next(request);
    answered();
    return answer;
  } catch (fault) {
    const error = ConnectError.from(fault);
    if (isLost(error)) unanswered();
    else if (error.code !== Code.Canceled) answered();
    if (error.code === Code.Unauthenticated) ended();
    throw error;
  }
};

export const transport = createConnectTransport({
  baseUrl: location.origin,
  useBinaryFormat: true,
  defaultTimeoutMs: 30_000,
  interceptors: [watched],
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
