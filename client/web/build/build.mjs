// node build.mjs WEB WORK OUT: bundles the page of the folder WEB into the folder OUT, each file named by the hash of its
// content, and prints the sizes. WORK holds node_modules, gen (the API's messages) and a link to WEB/src. Fails over a bar.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { inFileDesc, usedOf } from "./descriptors.mjs";
import { usedTokens } from "./tokens.mjs";
import { readCatalogue, sentencesOf, withNumbers } from "./words.mjs";

const [web, work, out] = process.argv.slice(2).map((path) => resolve(path));
// Most bytes, compressed, that a browser loads: before the look-up view shows, and in all, once it has been at every view. It
// loads the sentences of one language, so the larger one counts.
const firstMost = 75_000;
const allMost = 110_000;

function filesUnder(folder, end) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path, end) : path.endsWith(end) ? [path] : [];
  });
}

const styles = filesUnder(join(web, "src"), ".css").map((file) => readFileSync(file, "utf8")).join("\n");
const tokensFile = join(work, "node_modules/@digital-go-jp/design-tokens/dist/tokens.css");
const catalogue = readCatalogue(join(web, "ja.po"));

const words = {
  name: "words",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => ({
      contents: withNumbers(readFileSync(path, "utf8"), catalogue, path),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }));
    onResolve({ filter: /^#words\// }, ({ path }) => ({ path: path.slice("#words/".length), namespace: "words" }));
    onLoad({ filter: /.*/, namespace: "words" }, ({ path }) => ({ contents: sentencesOf(catalogue, path) }));
    onLoad({ filter: /[\\/]look[\\/]tokens\.css$/ }, ({ path }) => ({
      contents: usedTokens(tokensFile, styles) + readFileSync(path, "utf8"),
      loader: "css",
    }));
    // The style of a view or a part comes with its code.
    onLoad({ filter: /[\\/]src[\\/](views|parts)[\\/].*\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return {
        contents: `import { adopt } from "${join(work, "src/look/adopt.ts")}";adopt(${JSON.stringify(code.trim())});`,
        loader: "js",
      };
    });
  },
};

// Calls are binary, so the forms in JSON of messages are never read or written.
const binaryOnly = {
  name: "binary-only",
  setup({ onLoad }) {
    onLoad({ filter: /@bufbuild[\\/]protobuf[\\/]dist[\\/]esm[\\/](from|to)-json\.js$/ }, ({ path }) => ({
      contents: [...readFileSync(path, "utf8").matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)]
        .map(([, name]) => `export function ${name}() { throw new Error("no JSON"); }`).join("\n"),
    }));
  },
};

// The descriptors of the API's messages stand in the generated code as base64, which compresses badly; as text they take a
// quarter less. What the page never calls, and messages that nothing else holds, are left out of them.
const plainDescriptors = {
  name: "plain-descriptors",
  setup({ onLoad }) {
    const lean = usedOf(filesUnder(join(work, "gen"), "_pb.ts"), filesUnder(join(web, "src"), ".ts").concat(filesUnder(join(web, "src"), ".tsx")));
    onLoad({ filter: /[\\/]gen[\\/].*_pb\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(inFileDesc, () => `fileDesc(btoa(${JSON.stringify(lean(path).toString("latin1"))})`),
      loader: "ts",
    }));
  },
};

// What the library reads of the descriptors of our messages: the fields of descriptor.proto, by message. The others (options,
// features, places in the source) stand in none of our files, or nothing asks for them; a field that is left out is skipped.
const readOfDescriptors = {
  FileDescriptorProto: ["name", "package", "dependency", "message_type", "enum_type", "service", "extension", "syntax"],
  DescriptorProto: ["name", "field", "extension", "nested_type", "enum_type", "oneof_decl", "options"],
  FieldDescriptorProto: ["name", "number", "label", "type", "type_name", "oneof_index", "json_name", "proto3_optional"],
  OneofDescriptorProto: ["name"],
  EnumDescriptorProto: ["name", "value"],
  EnumValueDescriptorProto: ["name", "number"],
  ServiceDescriptorProto: ["name", "method"],
  MethodDescriptorProto: ["name", "input_type", "output_type", "client_streaming", "server_streaming"],
  MessageOptions: ["map_entry"],
};

const leanDescriptors = {
  name: "lean-descriptors",
  setup({ onLoad }) {
    onLoad({ filter: /@bufbuild[\\/]protobuf[\\/].*[\\/]descriptor_pb\.js$/ }, ({ path }) => ({
      contents: enumsAsValues(readFileSync(path, "utf8")).replace(/\bboot\((\{.*\})\)/, (_, literal) => {
        const file = JSON.parse(literal);
        // In their order, because messages are named by their places; those of which nothing is read are empty.
        const messageType = file.messageType.slice(0, file.messageType.findIndex(({ name }) => name === "MessageOptions") + 1)
          .map(({ name, field, enumType }) => ({ name, field: field.filter((one) => readOfDescriptors[name]?.includes(one.name)), enumType }));
        const named = new Set(messageType.flatMap(({ field }) => field.map(({ typeName }) => typeName)));
        for (const message of messageType) {
          message.enumType = message.enumType?.filter((one) => named.has(`.${file.package}.${message.name}.${one.name}`));
        }
        return `boot(${JSON.stringify({ ...file, messageType, enumType: [] })})`;
      }),
    }));
  },
};

// The library's enumerations are made in a way that no bundler can leave out; made as values, they go where nothing uses them.
function enumsAsValues(source) {
  return source.replace(/^export var (\w+);\n\(function \(\1\) \{\n(.*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);/gms,
    "export var $1 = /*@__PURE__*/ (function ($1) {\n$2return $1;\n})({});");
}

const pureEnums = {
  name: "pure-enums",
  setup({ onLoad }) {
    onLoad({ filter: /@bufbuild[\\/]protobuf[\\/]dist[\\/]esm[\\/](wkt[\\/].*_pb|descriptors|scalar|wire[\\/]binary-encoding)\.js$/ }, ({ path }) => ({
      contents: enumsAsValues(readFileSync(path, "utf8")),
    }));
  },
};

// What esbuild has made, terser makes smaller still.
const terserVersion = JSON.parse(readFileSync(join(work, "node_modules/terser/package.json"), "utf8")).version;
const terserOptions = { module: true, ecma: 2022, compress: { passes: 3 }, format: { ecma: 2022 } };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: work,
  entryPoints: ["src/main.tsx"],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  // It goes into the hash that names each file, and out of the file with terser.
  banner: { js: `/* terser ${terserVersion} ${JSON.stringify(terserOptions)} */` },
  metafile: true,
  preserveSymlinks: true,
  tsconfig: join(work, "tsconfig.json"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  plugins: [words, binaryOnly, plainDescriptors, leanDescriptors, pureEnums],
});

const outputs = Object.entries(metafile.outputs);
for (const [path] of outputs) {
  const file = join(work, path);
  if (path.endsWith(".js")) writeFileSync(file, (await minify(readFileSync(file, "utf8"), terserOptions)).code);
}
const nameOf = (path) => basename(path);
const chunkOf = (source) => outputs.find(([, made]) => made.entryPoint === source)?.[0];
// The files that a chunk needs before it runs.
function needs(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, kind } of metafile.outputs[path].imports) {
    if (kind === "import-statement") needs(next, found);
  }
  return found;
}
const main = chunkOf("src/main.tsx");
const style = metafile.outputs[main].cssBundle;
const first = needs(main);

const icon = readFileSync(join(web, "icon.svg"));
const iconName = `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`;
copyFileSync(join(web, "icon.svg"), join(out, iconName));
const preloads = [...first].filter((path) => path !== main)
  .map((path) => `<link rel="modulepreload" href="/${nameOf(path)}">`).join("\n");
const page = readFileSync(join(web, "index.html"), "utf8")
  .replace("{icon}", `/${iconName}`).replace("{style}", `/${nameOf(style)}`)
  .replace("{script}", `/${nameOf(main)}`).replace("{preloads}", preloads);
writeFileSync(join(out, "index.html"), page);

const packed = (name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length;
const languages = ["ja", "en"].map((language) => nameOf(outputs.find(([, made]) => made.entryPoint === `words:${language}`)[0]));
const spoken = packed(languages[0]) > packed(languages[1]) ? languages[0] : languages[1];
const firstNames = new Set(["index.html", iconName, nameOf(style), spoken, ...[...first].map(nameOf)]);
const sizes = readdirSync(out).map((name) => ({ name, size: packed(name), first: firstNames.has(name), other: languages.includes(name) && name !== spoken }))
  .sort((a, b) => b.size - a.size);
const sum = (list) => list.reduce((total, { size }) => total + size, 0);
const firstSize = sum(sizes.filter((one) => one.first));
const allSize = sum(sizes.filter((one) => !one.other));
console.log([
  ...sizes.map(({ name, size, first, other }) => `${String(size).padStart(8)} ${first ? "first" : other ? "other" : "     "} ${name}`),
  `${String(firstSize).padStart(8)} first load of the look-up view, bytes gzip (at most ${firstMost})`,
  `${String(allSize).padStart(8)} all that a browser loads in one language, bytes gzip (at most ${allMost})`,
  `${String(sum(sizes)).padStart(8)} all files, both languages, bytes gzip`,
].join("\n"));
if (firstSize > firstMost || allSize > allMost) {
  console.error("The page is too large.");
  process.exit(1);
}
