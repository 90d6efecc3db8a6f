// A client that knows nothing but the address: it learns the API by reflection with grpc-js, calls
// every RPC with an empty message, and gets from gRPC what connect-node gets from the HTTP port.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { create, createFileRegistry, fromBinary, toBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import grpc from "@grpc/grpc-js";

const { KIRIKAED, REFLECTION } = process.env;

// The daemon with an empty ward, on free ports.
const folder = mkdtempSync(join(tmpdir(), "kirikae-reflection-"));
const state = join(folder, "state");
const daemon = spawn(KIRIKAED, ["--state-dir", state, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"],
  { stdio: ["ignore", "ignore", "inherit"] });
const ended = new Promise((resolve) => daemon.on("exit", resolve));
const endpoints = join(state, "endpoints.json");
while (!existsSync(endpoints)) {
  assert.equal(daemon.exitCode, null, "the daemon did not start");
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const { grpc: grpcAddress, http: httpAddress } = JSON.parse(readFileSync(endpoints, "utf8"));
const headers = { authorization: `Bearer ${readFileSync(join(state, "admin.token"), "utf8").trim()}` };
const client = new grpc.Client(grpcAddress, grpc.credentials.createInsecure());
after(async () => {
  client.close();
  daemon.kill("SIGTERM");
  assert.equal(await ended, 0);
  rmSync(folder, { recursive: true });
});

// A call of grpc-js with one message: the answers, and the status at the end.
function call(service, method, message, given) {
  const path = `/${service.typeName}/${method.name}`;
  const from = (value) => Buffer.from(toBinary(method.input, create(method.input, value)));
  const to = (bytes) => fromBinary(method.output, bytes);
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(given)) metadata.set(name, value);
  return new Promise((resolve) => {
    const answers = [];
    const end = (status) => resolve({ answers, status });
    if (method.methodKind === "unary") {
      client.makeUnaryRequest(path, from, to, message, metadata, (_, answer) => answer && answers.push(answer))
        .on("status", end);
    } else if (method.methodKind === "client_streaming") {
      const stream = client.makeClientStreamRequest(path, from, to, metadata, (_, answer) => answer && answers.push(answer));
      stream.on("status", end);
      stream.write(message);
      stream.end();
    } else {
      const stream = method.methodKind === "server_streaming"
        ? client.makeServerStreamRequest(path, from, to, message, metadata)
        : client.makeBidiStreamRequest(path, from, to, metadata);
      stream.on("data", (answer) => answers.push(answer)).on("error", () => {}).on("status", end);
      if (method.methodKind === "bidi_streaming") {
        stream.write(message);
        stream.end();
      }
    }
  });
}

// The same call by connect-node.
async function connect(transport, service, method, message, given) {
  const answers = [];
  const stub = createClient(service, transport)[method.localName];
  const options = { headers: given };
  async function* one() {
    yield message;
  }
  try {
    if (method.methodKind === "unary") {
      answers.push(await stub(message, options));
    } else if (method.methodKind === "client_streaming") {
      answers.push(await stub(one(), options));
    } else {
      for await (const answer of stub(method.methodKind === "bidi_streaming" ? one() : message, options)) answers.push(answer);
    }
  } catch (error) {
    return { answers, error: ConnectError.from(error) };
  }
  return { answers };
}

const own = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(REFLECTION)));

// Learns every service that the server lists.
async function walk() {
  const reflection = own.getService("grpc.reflection.v1alpha.ServerReflection");
  const ask = async (request) => {
    const { answers, status } = await call(reflection, reflection.methods[0], { messageRequest: request }, {});
    assert.equal(status.code, grpc.status.OK, status.details);
    return answers[0].messageResponse;
  };
  const listed = (await ask({ case: "listServices", value: "*" })).value.service.map((service) => service.name);
  const files = new Map();
  for (const name of listed) {
    const answer = await ask({ case: "fileContainingSymbol", value: name });
    assert.equal(answer.case, "fileDescriptorResponse", name);
    for (const bytes of answer.value.fileDescriptorProto) {
      const file = fromBinary(FileDescriptorProtoSchema, bytes);
      files.set(file.name, file);
    }
  }
  // Each file behind those that it imports.
  const ordered = [];
  const add = (file) => {
    if (!files.delete(file.name)) return;
    for (const name of file.dependency) if (files.has(name)) add(files.get(name));
    ordered.push(file);
  };
  for (const file of [...files.values()]) add(file);
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: ordered }));
  return listed.map((name) => registry.getService(name));
}

const services = await walk();
const api = services.filter((service) => service.typeName.startsWith("kirikae.v1."));
const bytesOf = (method, answers) => answers.map((answer) => Buffer.from(toBinary(method.output, answer)).toString("hex"));
// Details by type; the order of a map's entries says nothing.
const details = (list) => list.map(({ typeUrl, type, value }) => {
  const schema = own.getMessage(type ?? typeUrl.split("/").at(-1));
  return toJson(schema, fromBinary(schema, value));
});

test("reflection describes the API and what stands beside it", () => {
  assert.ok(services.every((service) => service !== undefined));
  assert.ok(api.length >= 9, `${api.length} services`);
  assert.ok(services.some((service) => service.typeName === "grpc.health.v1.Health"));
});

const Status = own.getMessage("google.rpc.Status");
// Their answers have the time.
const differ = new Set(["GetCheckpoint"]);

for (const httpVersion of ["1.1", "2"]) {
  const transport = createConnectTransport({ baseUrl: `http://${httpAddress}`, httpVersion, useBinaryFormat: true });
  describe(`every RPC with an empty message, over gRPC and over HTTP/${httpVersion}`, () => {
    for (const service of api) {
      for (const method of service.methods) {
        for (const [who, given] of [["an administrator", headers], ["nobody", {}]]) {
          test(`${service.name}/${method.name} by ${who}`, async () => {
            const one = await call(service, method, {}, given);
            const other = await connect(transport, service, method, {}, given);
            if (httpVersion === "1.1" && method.methodKind === "bidi_streaming") {
              assert.match(other.error.rawMessage, /505/);
              return;
            }
            assert.equal(one.status.code, other.error?.code ?? 0, `${one.status.details} | ${other.error}`);
            assert.equal(one.answers.length, other.answers.length);
            if (!differ.has(method.name)) assert.deepEqual(bytesOf(method, one.answers), bytesOf(method, other.answers));
            if (!other.error) return;
            assert.equal(one.status.details, other.error.rawMessage);
            const status = fromBinary(Status, one.status.metadata.get("grpc-status-details-bin")[0]);
            assert.ok(status.details.length > 0);
            assert.deepEqual(details(status.details), details(other.error.details));
            if (who === "nobody") assert.equal(other.error.code, Code.Unauthenticated);
          });
        }
      }
    }
  });
}
