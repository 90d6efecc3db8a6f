// A day of who brings lists in: a messy file, every fault at once, exactly what was previewed, undo.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, visitor, page;

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  visitor = await Visitor.come(browser, daemon, { acceptDownloads: true });
  page = visitor.page;
  await visitor.signIn(ward.tokens.planner, "/devices/import");
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const header = "資産管理番号,端末区分,ネットワーク区分,設置場所,階,最終棚卸日,備考";
const csv = (...rows) => Buffer.from(`\ufeff${[header, ...rows].join("\r\n")}\r\n`);
// A date for a tag, a kind that nobody knows, a day that is none, a tag twice, a text that a spreadsheet would run.
const messy = () => csv(
  `${ward.tags[0]},職員端末,LGWAN系,本庁舎,12階,2025/3/1,"改行の\n入った備考"`,
  "2025/4/1,職員端末,LGWAN系,本庁舎,3階,,",
  "TSM-90001,ふしぎな端末,LGWAN系,本庁舎,3階,2月30日,",
  "TSM-90002,職員端末,LGWAN系,本庁舎,3階,,=1+1",
  "TSM-90002,職員端末,LGWAN系,本庁舎,3階,,",
);
const clean = () => csv(
  `${ward.tags[0]},職員端末,LGWAN系,本庁舎,12階,2025/3/1,`,
  "TSM-90001,職員端末,LGWAN系,第二庁舎,3階,,<b>新しい</b>",
);

async function preview(name, buffer) {
  await page.goto(`${daemon.url}/devices/import`);
  await page.setInputFiles("#file", { name, mimeType: "text/csv", buffer });
  await page.click("form button[type=submit]");
  await page.waitForSelector("[data-preview]");
}

const value = (name) => page.locator(`[data-figure=${name}]`).getAttribute("data-value").then(Number);

test("a messy file: every fault of every row at once, with line and column, and nothing is applied", async () => {
  await preview("messy.csv", messy());
  await page.waitForSelector("table.rows");
  const { name } = { name: await page.getAttribute("[data-preview]", "data-preview") };
  const stored = await daemon.json("import", "show", name.split("/")[1]);
  for (const figure of ["creates", "updates", "errors", "warnings", "missing"]) assert.equal(await value(figure), stored[figure] ?? 0, figure);
  assert.ok(stored.errors >= 3);
  const rows = stored.rows ?? [];
  for (const { line = 0, problems = [] } of rows) {
    for (const { code, column = "", text } of problems) {
      const fault = page.locator(`tr[data-line="${line}"] [data-code=${code}]`).filter({ hasText: text.ja }).first();
      assert.match(await fault.textContent(), new RegExp(column.replace(/[()]/g, "\\$&")), `${line} ${code}`);
    }
  }
  const lines = new Set(rows.filter(({ problems = [] }) => problems.some(({ warning }) => !warning)).map(({ line }) => line));
  assert.ok(lines.has(4) && lines.has(5), [...lines].join());
  await page.waitForSelector("[data-blocked]");
  assert.equal(await page.locator("[data-apply]").count(), 0);
});

test("the faults are a file that no spreadsheet runs", async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-faults]")]);
  assert.equal(download.suggestedFilename(), "messy-faults.csv");
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.startsWith("\ufeff行,"));
  const shown = await page.locator("[data-code]").count();
  assert.equal(text.trimEnd().split("\r\n").length, shown + 1);
  assert.doesNotMatch(text, /(^|,)=/m);
});

test("a number leads to exactly its rows, in the address", async () => {
  await page.click("[data-figure=errors] a");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("show") === "errors");
  const errors = await value("errors");
  await page.waitForFunction((count) => document.querySelectorAll("table.rows tbody tr").length === count, errors);
  await page.reload();
  await page.waitForFunction((count) => document.querySelectorAll("table.rows tbody tr").length === count, errors);
});

test("a file that is no list is refused, and what was chosen stays", async () => {
  await page.goto(`${daemon.url}/devices/import`);
  await page.setInputFiles("#file", { name: "picture.csv", mimeType: "text/csv", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) });
  await page.click("form button[type=submit]");
  await page.waitForSelector("[role=alert][data-reason]");
  assert.match(await page.textContent("#file-said"), /picture\.csv/);
});

test("a file is dropped, previewed, applied exactly so, and undone", async () => {
  const tag = ward.tags[0];
  const { floor } = await daemon.json("device", "show", tag);
  await page.goto(`${daemon.url}/devices/import`);
  await page.waitForSelector("[data-drop]");
  await page.evaluate((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "clean.csv", { type: "text/csv" }));
    document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [...clean()]);
  await page.waitForFunction(() => document.querySelector("#file-said")?.textContent.startsWith("clean.csv"));
  await page.click("form button[type=submit]");
  await page.waitForSelector("[data-apply]");
  assert.equal(await value("creates"), 1);
  assert.equal(await value("updates"), 1);
  await page.click("[data-figure=updates] a");
  await page.waitForFunction(() => document.querySelectorAll("table.rows tbody tr").length === 1);
  assert.match(await page.textContent("table.rows tbody"), new RegExp(`${floor} → 12階`));
  assert.equal((await daemon.json("device", "show", tag)).floor, floor, "a preview has written");
  await page.getByLabel("理由").fill("棚卸");
  await page.click("[data-apply]");
  await page.waitForSelector("[data-applied]");
  assert.equal((await daemon.json("device", "show", tag)).floor, "12階");
  assert.equal((await daemon.json("device", "show", "TSM-90001")).note, "<b>新しい</b>");
  const set = await page.getAttribute("[data-applied]", "data-applied");
  assert.equal((await daemon.json("change", "show", set.split("/")[1])).changeSet.reason, "棚卸");
  await page.click("[data-applied] [data-undo]");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-undone]");
  assert.equal((await daemon.json("device", "show", tag)).floor, floor);
});

test("what changed since the preview is not overwritten", async () => {
  const tag = ward.tags[0];
  await preview("clean.csv", clean());
  await page.waitForSelector("[data-apply]");
  await daemon.kirikae("device", "update", tag, "--set", "floor=13階");
  await page.click("[data-apply]");
  await page.waitForSelector("form [role=alert][data-reason]");
  assert.equal((await daemon.json("device", "show", tag)).floor, "13階");
});

test("a large file goes in pieces", async () => {
  const rows = Array.from({ length: 9000 }, (_, at) => `TSM-8${String(at).padStart(5, "0")},予備機,LGWAN系,本庁舎,3階,,${"備考".repeat(40)}`);
  const file = csv(...rows);
  assert.ok(file.length > 2 * 1024 * 1024);
  await preview("large.csv", file);
  assert.equal(await value("creates"), 9000);
  await page.goto(`${page.url()}&show=creates`);
  await page.waitForSelector("table.rows");
  assert.ok((await page.locator("table.rows tbody tr").count()) >= 100);
});

test("who may not apply sees the preview and is told who does", async () => {
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.viewer, "/devices/import");
  await other.page.setInputFiles("#file", { name: "clean.csv", mimeType: "text/csv", buffer: clean() });
  await other.page.click("form button[type=submit]");
  await other.page.waitForSelector("text=適用は計画の担当者か管理者が行います");
  await other.expectNothingForbidden();
  await other.leave();
});

test("nothing forbidden happened", () => visitor.expectNothingForbidden());
