// A call that sends several messages. Browsers can't stream a request, but Connect takes one whose body holds all of them.
import { create, type DescMessage, type DescMethodClientStreaming, fromBinary, type MessageInitShape, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { createEnvelopeReadableStream, encodeEnvelope } from "@connectrpc/connect/protocol";
import { endStreamFlag, endStreamFromJson } from "@connectrpc/connect/protocol-connect";
import { watched } from "./transport";

async function send<I extends DescMessage, O extends DescMessage>(
  method: DescMethodClientStreaming<I, O>, messages: MessageInitShape<I>[], signal?: AbortSignal,
): Promise<MessageShape<O>> {
  const body = new Blob(messages.map((message) => encodeEnvelope(0, toBinary(method.input, create(method.input, message)))));
  const answer = await fetch(`/${method.parent.typeName}/${method.name}`, {
    method: "POST",
    headers: { "content-type": "application/connect+proto", "connect-protocol-version": "1" },
    body,
    signal,
  });
  if (!answer.ok || answer.body === null) throw new ConnectError(`HTTP ${answer.status}`, Code.Unknown);
  const reader = createEnvelopeReadableStream(answer.body).getReader();
  let message: MessageShape<O> | undefined;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new ConnectError("The answer was cut off.", Code.Unavailable);
    if ((value.flags & endStreamFlag) === 0) {
      message = fromBinary(method.output, value.data);
      continue;
    }
    const { error } = endStreamFromJson(value.data);
    if (error !== undefined) throw error;
    if (message === undefined) throw new ConnectError("The answer has no message.", Code.Internal);
    return message;
  }
}

/** Sends the messages in one body, which is kept in memory, and returns the answer. Throws ConnectError. */
export function upload<I extends DescMessage, O extends DescMessage>(
  method: DescMethodClientStreaming<I, O>, messages: MessageInitShape<I>[], signal?: AbortSignal,
): Promise<MessageShape<O>> {
  return watched(() => send(method, messages, signal));
}
