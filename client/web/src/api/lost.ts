import { Code, type ConnectError } from "@connectrpc/connect";

/** Whether a call had no answer, or one that says to ask again: the same call may be sent again. */
export function isLost(error: ConnectError): boolean {
  if (error.code === Code.Unavailable || error.code === Code.DeadlineExceeded) return true;
  return error.cause instanceof TypeError;
}
