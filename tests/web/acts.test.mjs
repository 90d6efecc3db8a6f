// The record's acts have words on the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { source } from "./parts/daemon.mjs";

test("every act of the record has a word", () => {
  const acts = [...readFileSync(join(source, "service/domain/act.cc"), "utf8").matchAll(/\{Act::k\w+, "(\w+)"/g)].map(([, name]) => name);
  assert.ok(acts.length > 50);
  const words = readFileSync(join(source, "client/web/src/words/acts.ts"), "utf8");
  assert.deepEqual(acts.filter((act) => !words.includes(`case "${act}":`)), []);
});
