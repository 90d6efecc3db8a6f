// A day of an auditor and of an administrator: who changed what, undoing, proof, tokens.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, visitor, page;

before(async () => {
  ({ daemon, ward } = await startWard());
  await daemon.kirikae("device", "update", ward.tags[4], "--set", "note=誤り", "--reason", "試し");
  browser = await startBrowser();
  visitor = await Visitor.come(browser, daemon, { acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  page = visitor.page;
  await visitor.signIn(daemon.adminToken, "/records");
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const sets = async (...args) => (await daemon.json("change", "list", ...args)).changeSets ?? [];
const numbers = () => page.locator("table.records tbody th").allTextContents();

test("the record is listed newest first, filtered in the address", async () => {
  await page.waitForSelector("table.records");
  const all = await sets();
  assert.deepEqual(await numbers(), all.slice(0, 100).map(({ name }) => name.split("/")[1]));
  await page.locator(".fields").getByLabel("対象", { exact: true }).fill(ward.tags[4].toLowerCase());
  await page.keyboard.press("Enter");
  const own = (await sets("--record", ward.tags[4])).map(({ name }) => name.split("/")[1]);
  await page.waitForFunction((count) => document.querySelectorAll("table.records tbody tr").length === count, own.length);
  assert.deepEqual(await numbers(), own);
  await page.getByLabel("操作", { exact: true }).selectOption("UPDATE_DEVICE");
  await page.waitForFunction(() => document.querySelectorAll("table.records tbody tr").length === 1);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll("table.records tbody tr").length === 1);
});

test("a change set tells all that it changed, and is undone after what that means was shown", async () => {
  const [number] = await numbers();
  await page.click(`tr[data-set="${number}"] th a`);
  await page.waitForSelector("[data-changes]");
  assert.match(await page.textContent("[data-changes]"), /備考.*誤り/s);
  await page.click("[data-undo]");
  await page.waitForSelector("dialog [data-changes]");
  await page.click("dialog button[type=submit]");
  const by = await (await page.waitForSelector("dialog [data-undone]")).getAttribute("data-undone");
  assert.equal((await daemon.json("change", "show", number)).changeSet.undoneBy, by);
  await page.keyboard.press("Escape");
  await page.waitForSelector("[data-undo]", { state: "detached" });
});

test("an undo that later changes forbid is refused before it is tried, with each of them", async () => {
  const tag = ward.tags[6];
  await daemon.kirikae("device", "update", tag, "--set", "note=first");
  const [{ name }] = await sets("--record", tag);
  await daemon.kirikae("device", "update", tag, "--set", "note=second");
  await page.goto(`${daemon.url}/records/${name.split("/")[1]}`);
  await page.click("[data-undo]");
  await page.waitForSelector("dialog [data-reason=UNDO_CONFLICTS] li");
  assert.equal(await page.locator("dialog button[type=submit]").count(), 0);
  assert.equal((await daemon.json("device", "show", tag)).note, "second");
  await page.keyboard.press("Escape");
});

test("the record is verified against a checkpoint, and a forged one is found out", async () => {
  await page.goto(`${daemon.url}/records/proof`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-checkpoint]")]);
  const note = readFileSync(await download.path(), "utf8");
  await page.getByLabel("別の場所に保管した検証点").fill(note);
  await page.click("form button[type=submit]");
  await page.waitForSelector("[data-intact=true].good");
  const forged = note.replace(/^(\d+)$/m, (size) => String(Number(size) - 1));
  assert.notEqual(forged, note);
  await page.getByLabel("別の場所に保管した検証点").fill(forged);
  await page.click("form button[type=submit]");
  await page.waitForSelector(".bad[data-intact] li");
  await page.getByLabel("別の場所に保管した検証点").fill("garbage");
  await page.click("form button[type=submit]");
  await page.waitForSelector("form .fault >> text=署名がありません");
  assert.equal(await page.locator("[data-intact]").count(), 0, "what is no checkpoint proves nothing");
  await page.getByLabel("別の場所に保管した検証点").fill(forged);
  await page.click("form button[type=submit]");
  await page.waitForSelector(".bad[data-intact] li");
  const file = join(daemon.state, "forged.txt");
  writeFileSync(file, forged);
  const said = await daemon.json("audit", "verify", "--against", file).catch(({ stdout }) => JSON.parse(stdout));
  assert.equal(await page.locator("[data-intact] li").count(), said.findings.length);
});

test("a token's secret is shown once, works, and its revoking ends the session", async () => {
  await page.goto(`${daemon.url}/records/tokens`);
  await page.waitForSelector("[data-row]");
  await page.getByLabel("持ち主の名前").fill("viewer one");
  await page.click("form button[type=submit]");
  await page.waitForSelector("form .fault");
  await page.getByLabel("持ち主の名前").fill("新人 花子");
  await page.click("form button[type=submit]");
  const secret = await page.textContent("[data-secret]");
  assert.match(secret, /^krk_/);
  await page.click("text=コピー");
  await page.waitForSelector("[data-toast] >> text=コピーしました");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  const name = await page.getAttribute("[data-token]", "data-token");
  const other = await Visitor.come(browser, daemon);
  await other.signIn(secret, "/");
  await page.click("text=控えました");
  assert.equal(await page.locator("[data-secret]").count(), 0);
  await page.reload();
  await page.waitForSelector(`[data-row="${name}"]`);
  assert.doesNotMatch(await page.textContent("main"), /krk_/);
  const used = (await daemon.json("token", "list")).tokens.find((token) => token.name === name);
  assert.ok(used.lastUseTime);
  assert.doesNotMatch(await page.textContent(`[data-row="${name}"]`), /未使用/);
  await page.click(`[data-row="${name}"] button`);
  await page.click("[data-revoke-now]");
  await page.waitForSelector(`[data-row="${name}"] >> text=失効`);
  await other.page.fill("#query", ward.tags[0]);
  await other.page.waitForSelector("#token");
  await other.leave();
});

test("the last administrator's token is not revoked", async () => {
  const own = (await daemon.json("token", "list")).tokens.find(({ role }) => role === "ROLE_ADMIN");
  await page.click(`[data-row="${own.name}"] button`);
  await page.click("[data-revoke-now]");
  await page.waitForSelector("dialog [data-reason=LAST_ADMINISTRATOR]");
  await page.keyboard.press("Escape");
});

test("an operator is told whose undo it is, and who gives tokens", async () => {
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.operator, "/records");
  await other.page.waitForSelector("table.records");
  assert.equal(await other.page.locator("[data-undo]").count(), 0);
  await other.page.goto(`${daemon.url}/records/tokens`);
  await other.page.waitForSelector("text=トークンの発行と失効は管理者が行います");
  await other.expectNothingForbidden();
  await other.leave();
});

test("nothing forbidden happened", () => visitor.expectNothingForbidden());
