// Clients of others against the gateway: connect-node over HTTP/1.1 and HTTP/2 in both codecs, each
// compared with gRPC's own port, and `buf curl`.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { createFileRegistry, fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { compressionGzip } from "@connectrpc/connect-node";

const { SITE, DESCRIPTORS, CERTIFICATE, KEY } = process.env;
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(DESCRIPTORS)));
const Echo = registry.getService("kirikae.echo.EchoService");
const Access = registry.getService("kirikae.v1.AccessService");
const Inventory = registry.getService("kirikae.v1.InventoryService");

// Starts a site; gives its addresses.
async function start(...args) {
  const child = spawn(SITE, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const http = (await lines.next()).value;
  const grpc = (await lines.next()).value;
  assert.ok(http && grpc, "the site did not start");
  const ended = new Promise((resolve) => child.on("exit", resolve));
  return { http, grpc, stop: () => (child.stdin.end(), ended) };
}

const plain = await start();
const secure = await start(CERTIFICATE, KEY);
after(async () => {
  assert.equal(await plain.stop(), 0);
  assert.equal(await secure.stop(), 0);
});

const ca = readFileSync(CERTIFICATE);
const port = (address) => address.split(":").at(-1);
const compressed = { acceptCompression: [compressionGzip], sendCompression: compressionGzip, compressMinBytes: 0 };
const transports = {};
for (const useBinaryFormat of [false, true]) {
  for (const [zip, extra] of [["", {}], [", gzip", compressed]]) {
    const codec = (useBinaryFormat ? "binary" : "JSON") + zip;
    transports[`HTTP/1.1, ${codec}`] = createConnectTransport({
      baseUrl: `http://${plain.http}`, httpVersion: "1.1", useBinaryFormat, ...extra });
    transports[`HTTP/2, ${codec}`] = createConnectTransport({
      baseUrl: `https://localhost:${port(secure.http)}`, httpVersion: "2", nodeOptions: { ca },
      useBinaryFormat, ...extra });
  }
}
const grpc = createGrpcTransport({ baseUrl: `http://${plain.grpc}` });
const isHttp2 = (name) => name.startsWith("HTTP/2");

async function* each(...messages) {
  for (const message of messages) yield message;
}

async function all(answers) {
  const list = [];
  for await (const answer of answers) list.push(answer);
  return list;
}

// The error that a call ends with.
async function errorOf(call) {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("it ended well");
}

const bytes = (value) => Buffer.from(value).toString("hex");

for (const [name, transport] of Object.entries(transports)) {
  describe(name, () => {
    const echo = createClient(Echo, transport);

    test("a unary call", async () => {
      const answer = await echo.echo({ text: "端末", updateMask: { paths: ["a", "first_name"] }, padding: 3000 });
      assert.equal(answer.request.text, "端末");
      assert.deepEqual(answer.request.updateMask.paths, ["a", "first_name"]);
      assert.equal(answer.padding.length, 3000);
    });

    test("metadata in both directions", async () => {
      const seen = {};
      const answer = await echo.echo(
        { headers: { "x-first": "1" }, trailers: { "x-last": "2" } },
        { headers: { "x-request-id": "7" }, timeoutMs: 60000,
          onHeader: (headers) => (seen.header = headers.get("x-first")),
          onTrailer: (trailers) => (seen.trailer = trailers.get("x-last")) });
      assert.deepEqual(seen, { header: "1, 12", trailer: "2, 22" });
      assert.equal(Buffer.from(answer.metadata.find((field) => field.name === "x-request-id").value).toString(), "7");
      assert.ok(answer.timeoutMs > 30000n && answer.timeoutMs <= 60000n);
    });

    test("a server stream, its error and its metadata", async () => {
      const answers = await all(echo.repeat({ answers: 3, padding: 2000 }));
      assert.deepEqual(answers.map((answer) => answer.text), ["1", "2", "3"]);
      const got = [];
      const error = await errorOf((async () => {
        for await (const answer of echo.repeat({ answers: 2, code: 9, text: "a", trailers: { "x-last": "2" } })) got.push(answer.text);
      })());
      assert.deepEqual(got, ["1", "2"]);
      assert.equal(error.code, Code.FailedPrecondition);
      assert.equal(error.rawMessage, "as asked: a");
      assert.equal(error.metadata.get("x-last"), "2, 22");
    });

    test("a client stream", async () => {
      const answer = await echo.join(each({ text: "a" }, { text: "b", padding: 2000 }));
      assert.equal(answer.text, "a;b;");
    });

    test("a stream in both directions", async () => {
      const call = async () => (await all(echo.talk(each({ text: "a" }, { text: "b" })))).map((answer) => answer.text);
      if (isHttp2(name)) {
        assert.deepEqual(await call(), ["a", "b"]);
      } else {
        await errorOf(call());
      }
    });

    test("a deadline and a cancelled call", async () => {
      assert.equal((await errorOf(echo.echo({ wait: true }, { timeoutMs: 200 }))).code, Code.DeadlineExceeded);
      const stop = new AbortController();
      const seen = [];
      const error = await errorOf((async () => {
        for await (const answer of echo.repeat({ answers: 1, wait: true }, { signal: stop.signal })) {
          seen.push(answer.text);
          stop.abort();
        }
      })());
      assert.deepEqual(seen, ["1"]);
      assert.equal(error.code, Code.Canceled);
    });

    test("a message over the limit", async () => {
      const error = await errorOf(echo.echo({ text: "x".repeat(5 << 20) }));
      assert.equal(error.code, Code.ResourceExhausted);
    });

    test("answers and errors of the real services are those of gRPC", async () => {
      const headers = { authorization: "Bearer admin" };
      const who = await createClient(Access, transport).whoAmI({}, { headers });
      const same = await createClient(Access, grpc).whoAmI({}, { headers });
      const schema = Access.method.whoAmI.output;
      assert.deepEqual(toJson(schema, who), toJson(schema, same));
      for (const given of [headers, { authorization: "Bearer wrong" }, {}]) {
        const [error, expected] = await Promise.all([transport, grpc].map((one) =>
          errorOf(createClient(Inventory, one).getDevice({ name: "devices/TSM-00001" }, { headers: given }))));
        assert.equal(error.code, expected.code);
        assert.equal(error.rawMessage, expected.rawMessage);
        assert.ok(error.details.length > 1);
        assert.deepEqual(error.details.map(({ type, value }) => [type, bytes(value)]),
          expected.details.map(({ type, value }) => [type, bytes(value)]));
      }
    });
  });
}

describe("buf curl", () => {
  const buf = new URL("node_modules/.bin/buf", import.meta.url).pathname;
  const curl = (path, data, ...more) => promisify(execFile)(buf, [
    "curl", "--schema", DESCRIPTORS, "--protocol", "connect", "-d", data, ...more, path]);
  const http = `http://${plain.http}/kirikae.echo.EchoService`;
  const https = `https://localhost:${port(secure.http)}/kirikae.echo.EchoService`;

  test("calls of each kind", async () => {
    assert.equal(JSON.parse((await curl(`${http}/Echo`, '{"text":"端末"}')).stdout).request.text, "端末");
    const repeated = (await curl(`${http}/Repeat`, '{"answers":2}')).stdout;
    assert.deepEqual([...repeated.matchAll(/"text":\s*"(\d)"/g)].map((match) => match[1]), ["1", "2"]);
    assert.match((await curl(`${http}/Join`, '{"text":"a"}{"text":"b"}')).stdout, /"text":\s*"a;b;"/);
    assert.match((await curl(`${https}/Talk`, '{"text":"a"}{"text":"b"}', "--cacert", CERTIFICATE)).stdout, /"text":\s*"b"/);
  });

  test("an error", async () => {
    const error = await curl(`${http}/Echo`, '{"code":5,"text":"a"}').then(() => assert.fail(), (failure) => failure);
    assert.equal(error.code, 5 * 8);
    assert.match(error.stderr, /"code":\s*"not_found"/);
  });
});
