// The descriptors of the API's messages without what the page never uses.
import { readFileSync } from "node:fs";
import { fromBinary, isFieldSet, toBinary } from "@bufbuild/protobuf";
import { FieldDescriptorProtoSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

// Where the generated code holds a file's descriptor.
export const inFileDesc = /fileDesc\("([^"]+)"/;

// Every message of a file, with its full name.
function* messagesOf(messages, prefix) {
  for (const message of messages) {
    const name = `${prefix}.${message.name}`;
    yield [name, message];
    yield* messagesOf(message.nestedType, name);
  }
}

const camel = (name) => name[0].toLowerCase() + name.slice(1).replace(/_(.)/g, (_, letter) => letter.toUpperCase());

// Reads the generated files and the page's sources. Returns what gives the descriptor of a generated file, as bytes, with only
// the methods and fields whose names stand in a source. Messages that neither such a method nor a source names have no fields;
// enumerations whose schema no source names have their first value alone, which is a field's value when nothing is sent.
// Messages and enumerations stay in their places, because the generated code names them by these.
export function usedOf(generated, sources) {
  const words = new Set(sources.flatMap((path) => readFileSync(path, "utf8").match(/\w+/g) ?? []));
  // Members of a oneof stay, because they name it by its place.
  const isKept = (field) =>
    words.has(field.name) || words.has(camel(field.name)) || isFieldSet(field, FieldDescriptorProtoSchema.field.oneofIndex);
  const files = new Map();
  const messages = new Map();
  for (const path of generated) {
    const found = inFileDesc.exec(readFileSync(path, "utf8"));
    const file = fromBinary(FileDescriptorProtoSchema, Buffer.from(found[1], "base64"));
    files.set(path, file);
    for (const [name, message] of messagesOf(file.messageType, `.${file.package}`)) messages.set(name, message);
  }
  const used = new Set();
  const use = (name) => {
    if (!messages.has(name) || used.has(name)) return;
    used.add(name);
    const message = messages.get(name);
    if (!message.options?.mapEntry) message.field = message.field.filter(isKept);
    for (const field of message.field) use(field.typeName);
  };
  for (const file of files.values()) {
    for (const service of file.service) {
      service.method = service.method.filter(({ name }) => words.has(camel(name)));
      for (const method of service.method) {
        use(method.inputType);
        use(method.outputType);
      }
    }
  }
  // A schema's name is made of the message's and those of the messages that it stands in.
  for (const name of messages.keys()) {
    const parts = name.split(".");
    const own = parts.slice(parts.findIndex((part) => /^[A-Z]/.test(part)));
    if (words.has(`${own.join("_")}Schema`)) use(name);
  }
  for (const [name, message] of messages) {
    if (used.has(name)) continue;
    message.field = [];
    message.oneofDecl = [];
  }
  for (const file of files.values()) {
    for (const enumeration of file.enumType) {
      if (!words.has(`${enumeration.name}Schema`)) enumeration.value.splice(1);
    }
  }
  return (path) => Buffer.from(toBinary(FileDescriptorProtoSchema, files.get(path)));
}
