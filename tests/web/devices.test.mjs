// A day of who keeps the inventory: finding, changing, exceptions, the past, two people on one device, many at once, export.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { scanBurst } from "./parts/reader.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, visitor, page, tag;

before(async () => {
  ({ daemon, ward } = await startWard());
  tag = ward.tags[5];
  browser = await startBrowser();
  visitor = await Visitor.come(browser, daemon, { acceptDownloads: true });
  page = visitor.page;
  await visitor.signIn(ward.tokens.planner, "/devices");
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const shown = (name) => page.locator(`[data-${name}]`);
const device = () => daemon.json("device", "show", tag);
const listed = async (filter) => ((await daemon.json("device", "list", "--filter", filter)).devices ?? []).map(({ assetTag }) => assetTag);
const tagsOnPage = () => page.locator("table.list tbody th").allTextContents();

// Pastes into the form of the filter.
async function paste(text) {
  await page.locator(".fields").getByLabel("所属", { exact: true }).focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function count(expected) {
  await page.waitForSelector(`[data-count="${expected}"]`);
}

test("the form's filter is the command line's and stands in the address", async () => {
  await page.locator(".fields").getByLabel("所属", { exact: true }).fill("総務部");
  await page.keyboard.press("Enter");
  await page.locator(".fields").getByLabel("種別", { exact: true }).selectOption("STAFF_DEVICE");
  const filter = 'department : "総務部" AND kind = STAFF_DEVICE';
  await page.waitForFunction((text) => new URLSearchParams(location.search).get("filter") === text, filter);
  const expected = await listed(filter);
  assert.ok(expected.length > 10 && expected.length < 100);
  await count(expected.length);
  assert.deepEqual(await tagsOnPage(), expected);
  await page.reload();
  await count(expected.length);
  assert.equal(await page.locator(".fields").getByLabel("所属", { exact: true }).inputValue(), "総務部");
});

test("a filter as text that can't be read is refused at its field, and Back returns", async () => {
  const url = page.url();
  await page.click("summary >> nth=0");
  await page.getByLabel("条件（文字）").fill("flor = 3");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".field .fault");
  assert.match(await page.textContent(".field .fault"), /1/);
  await page.goBack();
  await page.waitForSelector("table.list");
  assert.equal(page.url(), url);
});

test("the list is ordered by a column, and the columns chosen are remembered", async () => {
  await page.click("table.list thead >> text=階");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("order") === "floor");
  await page.waitForSelector("th[aria-sort=ascending] >> text=階");
  const floors = (await daemon.json("device", "list", "--filter", new URL(page.url()).searchParams.get("filter"), "--order-by", "floor")).devices.map(({ assetTag }) => assetTag);
  await page.waitForFunction((first) => document.querySelector("table.list tbody th")?.textContent === first, floors[0]);
  assert.deepEqual(await tagsOnPage(), floors);
  await page.click("summary >> text=表示する列");
  await page.click("label.check:has-text('製造番号')");
  await page.waitForSelector("table.list thead >> text=製造番号");
  await page.reload();
  await page.waitForSelector("table.list thead >> text=製造番号");
});

test("a pasted list of tags is the filter", async () => {
  await page.goto(`${daemon.url}/devices`);
  await page.waitForSelector("table.list");
  await paste(ward.tags.slice(0, 3).join("\r\n"));
  await count(3);
  assert.deepEqual((await tagsOnPage()).sort(), ward.tags.slice(0, 3).sort());
});

test("a pasted list that is too long for a filter chooses nothing, and says so", async () => {
  await page.goto(`${daemon.url}/devices`);
  await page.waitForSelector("table.list");
  await paste(Array.from({ length: 51 }, (_, at) => `TSM-${at}`).join("\n"));
  assert.match(await page.textContent("[data-toast]"), /51 件/);
  assert.equal(new URL(page.url()).search, "");
});

test("tags are scanned into the choice of a bulk change; one scanned twice is said and counted once", async () => {
  await page.goto(`${daemon.url}/devices/change?filter=${encodeURIComponent('floor = "6階"')}`);
  await page.click("text=バーコードで選ぶ");
  for (const [tag, tone, count] of [[ward.tags[0], "good", 1], [ward.tags[1], "good", 2], [ward.tags[0], "warn", 2]]) {
    await scanBurst(page, `*${tag}*`);
    await page.waitForSelector(`[data-scanned="${tag}"][data-tone=${tone}]`);
    assert.equal(new URL(page.url()).searchParams.get("filter").split(" OR ").length, count);
  }
  await page.click("text=読み取りを終える");
  await page.fill("[data-field=floor] input", "9階");
  await page.click("form .button.main");
  await page.waitForSelector("[data-plan='2/2']");
});

test("every device is reached by the pager", async () => {
  await page.goto(`${daemon.url}/devices`);
  await count(100);
  const all = new Set(await tagsOnPage());
  for (;;) {
    const next = page.locator("button >> text=次のページ");
    if (!(await next.isEnabled())) break;
    const first = (await tagsOnPage())[0];
    await next.click();
    await page.waitForFunction((was) => document.querySelector("table.list tbody th")?.textContent !== was, first);
    for (const one of await tagsOnPage()) all.add(one);
  }
  assert.equal(all.size, (await daemon.json("device", "list")).devices.length);
});

test("an edit shows old → new before, what it touched after, and is undone", async () => {
  const { floor } = await device();
  await page.goto(`${daemon.url}/devices/${tag}`);
  await page.click("article .button.main");
  await page.fill("[data-field=floor] input", "99階");
  await page.fill("[data-field=lease_ends_on] input", "2031-03-31");
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("section[aria-labelledby=edit] [data-changes]");
  assert.equal((await device()).floor, floor, "a preview has written");
  assert.equal(await page.locator("section[aria-labelledby=edit] [data-changes] tbody tr").count(), 2);
  assert.match(await page.textContent("section[aria-labelledby=edit] [data-changes]"), new RegExp(`${floor}.*99階`));
  await page.getByLabel("理由").fill("レイアウト変更");
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("[data-touched] [data-changes]");
  const now = await device();
  assert.equal(now.floor, "99階");
  assert.equal(now.leaseEndsOn, "2031-03-31");
  const set = await shown("touched").getAttribute("data-touched");
  const record = await daemon.json("change", "show", set.split("/")[1]);
  assert.equal(record.changeSet.reason, "レイアウト変更");
  assert.equal(await page.locator("[data-touched] tbody tr").count(), record.changes.length);
  await page.click(`[data-touched] [data-undo="${set}"]`);
  await page.waitForSelector("dialog [data-changes]");
  assert.match(await page.textContent("dialog [data-changes]"), new RegExp(`99階.*${floor}`));
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-undone]");
  await page.keyboard.press("Escape");
  assert.equal((await device()).floor, floor);
});

test("a fault stands at its field", async () => {
  await page.goto(`${daemon.url}/devices/${tag}`);
  await page.click("article .button.main");
  await page.fill("[data-field=users] input", "9999999");
  await page.fill("[data-field=note] textarea", "x".repeat(5000));
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("[data-field=note] .fault");
  assert.equal(await page.getAttribute("[data-field=note] textarea", "aria-invalid"), "true");
});

test("two people on one device: the second one sees what the first one changed, and loses nothing", async () => {
  await page.goto(`${daemon.url}/devices/${tag}`);
  await page.click("article .button.main");
  await page.fill("[data-field=note] textarea", "二人目");
  await daemon.kirikae("device", "update", tag, "--set", "os=Windows 12", "--set", "note=一人目");
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("[data-conflict] [data-changes]");
  const conflict = await page.textContent("[data-conflict]");
  assert.match(conflict, /Windows 12/);
  assert.match(conflict, /一人目/);
  assert.match(conflict, /同じ項目を変えています：備考/);
  await page.click("[data-conflict] button");
  assert.equal(await page.inputValue("[data-field=os] input"), "Windows 12");
  assert.equal(await page.inputValue("[data-field=note] textarea"), "二人目");
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("section[aria-labelledby=edit] [data-changes]");
  await page.click("section[aria-labelledby=edit] button[type=submit]");
  await page.waitForSelector("[data-touched] [data-changes]");
  const now = await device();
  assert.equal(now.note, "二人目");
  assert.equal(now.os, "Windows 12");
});

test("an exception needs its reason and day, is granted and ended", async () => {
  await page.click("[data-act=GRANT_EXCEPTION]");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog .fault");
  await page.getByLabel("方式", { exact: true }).selectOption("3");
  await page.getByLabel("最終日").fill(ward.day);
  await page.getByLabel("理由").fill("カメラの修理");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-changes]");
  assert.equal((await device()).exception, undefined);
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("[data-touched]");
  assert.equal((await device()).exception.reason, "カメラの修理");
  await page.waitForSelector("[data-method=FACE_AND_IC_CARD]");
  await page.click("[data-act=END_EXCEPTION]");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-changes]");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("[data-method=IC_CARD_AND_PASSWORD]");
  assert.equal((await device()).exception, undefined);
});

test("the method of a device in a rollout is an approver's to correct, and the page says so", async () => {
  await page.click("[data-act=CORRECT_METHOD]");
  await page.getByLabel("方式", { exact: true }).selectOption("2");
  await page.getByLabel("理由").fill("記録の誤り");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-reason=CORRECTION_NEEDS_APPROVER]");
  await page.keyboard.press("Escape");
});

test("a device is retired and restored", async () => {
  for (const [act, state] of [["RETIRE_DEVICE", "DEVICE_STATE_RETIRED"], ["RESTORE_DEVICE", "DEVICE_STATE_ACTIVE"]]) {
    await page.click(`[data-act=${act}]`);
    await page.click("dialog button[type=submit]");
    await page.waitForSelector("dialog [data-changes]");
    await page.click("dialog button[type=submit]");
    await page.waitForSelector(`[data-act=${act}]`, { state: "detached" });
    assert.equal((await device()).state, state);
  }
});

test("an administrator is offered the undo of what can be undone, and of nothing else", async () => {
  const { changeSets } = await daemon.json("change", "list", "--record", `devices/${tag}`);
  const approval = changeSets.find(({ act }) => act === "APPROVE_PLAN").name;
  const admin = await Visitor.come(browser, daemon);
  await admin.signIn(daemon.adminToken, `/devices/${tag}`);
  await admin.page.waitForSelector(`table.history a[href="/records/${approval.split("/")[1]}"]`);
  await admin.page.waitForSelector("table.history [data-undo]");
  assert.equal(await admin.page.locator(`[data-undo="${approval}"]`).count(), 0);
  await admin.expectNothingForbidden();
  await admin.leave();
});

test("the past is shown as it was, and is not edited", async () => {
  await page.goto(`${daemon.url}/devices/${tag}`);
  await page.waitForSelector("table.history");
  const before = "2025-04-01";
  await page.getByLabel("この日の終わりの状態").fill(before);
  await page.waitForSelector("text=別の日の内容です");
  const then = await daemon.json("device", "show", tag, "--as-of", before);
  assert.notEqual(then.os, "Windows 12");
  await page.waitForSelector(`article >> text=${then.os}`);
  assert.doesNotMatch(await page.textContent("article"), /Windows 12/);
  assert.equal(await page.locator("[data-act]").count(), 0);
  assert.equal(new URL(page.url()).searchParams.get("as_of"), before);
  await page.click("text=現在へ");
  await page.waitForSelector("[data-act]");
});

test("many devices: count and old → new first, then exactly what was touched, and undo", async () => {
  const filter = 'department : "総務部" AND floor = "6階"';
  const expected = await listed(filter);
  await page.goto(`${daemon.url}/devices/change?${new URLSearchParams({ filter })}`);
  await page.fill("[data-field=floor] input", "60階");
  await page.click("form[aria-labelledby=what] button[type=submit]");
  await page.waitForSelector(`[data-plan="${expected.length}/${expected.length}"]`);
  assert.equal(await page.locator("[data-plan] tbody tr").count(), expected.length);
  assert.deepEqual(await listed('floor = "60階"'), []);
  await page.locator("[data-plan]").getByLabel("理由").fill("移転");
  await page.click("[data-write]");
  await page.waitForSelector("[data-touched] [data-changes]");
  assert.deepEqual(await listed('floor = "60階"'), expected);
  assert.equal(await page.locator("[data-touched] tbody tr").count(), expected.length);
  await page.click("[data-touched] [data-undo]");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [data-undone]");
  assert.deepEqual(await listed(filter), expected);
});

test("more than twenty devices are changed only after their number is typed", async () => {
  const filter = 'department : "総務部"';
  await page.goto(`${daemon.url}/devices/change?${new URLSearchParams({ filter })}`);
  await page.fill("[data-field=floor] input", "61階");
  await page.click("form[aria-labelledby=what] button[type=submit]");
  await page.waitForSelector("[data-plan]");
  assert.equal(await page.getAttribute("[data-write]", "aria-disabled"), "true");
  await page.locator("[data-plan]").getByLabel("理由").press("Enter");
  assert.deepEqual(await listed('floor = "61階"'), []);
  const [changed] = (await page.getAttribute("[data-plan]", "data-plan")).split("/");
  await page.getByLabel("変わる台数を入力してください").fill(changed);
  await page.waitForFunction(() => document.querySelector("[data-write]")?.getAttribute("aria-disabled") !== "true");
});

test("what is exported is what the command line exports, and lost characters are said", async () => {
  await daemon.kirikae("device", "update", tag, "--set", "note=𠮷野");
  const filter = `asset_tag = ${tag}`;
  await page.goto(`${daemon.url}/devices?${new URLSearchParams({ filter })}`);
  await page.click("text=書き出し");
  const ends = { CSV: "csv", CSV_CP932: "csv-cp932", JSON_LINES: "jsonl" };
  for (const [form, name] of Object.entries(ends)) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-export=${form}]`)]);
    const mine = readFileSync(await download.path());
    const file = `${daemon.state}/export.${name}`;
    await daemon.kirikae("export", "devices", "-f", name, "--filter", filter, "--to", file).catch(() => {});
    assert.deepEqual(mine, readFileSync(file), form);
  }
  await page.click("[data-export=CSV_CP932]");
  await page.waitForSelector('[data-lost="1"]');
  assert.match(await page.textContent("[data-lost]"), /U\+20BB7/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-export=XLSX]")]);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
});

test("a tag that nobody has is said with near ones", async () => {
  await page.goto(`${daemon.url}/devices/TSM-0000`);
  await page.waitForSelector("[data-reason=DEVICE_NOT_FOUND]");
});

test("a viewer sees devices and is told who changes them", async () => {
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.viewer, `/devices/${tag}`);
  await other.page.waitForSelector("text=変更は作業・計画の担当者か管理者が行います");
  assert.equal(await other.page.locator("[data-act]").count(), 0);
  await other.expectNothingForbidden();
  await other.leave();
});

test("departments are offered by a part of them, and a part that one has stands for it", async () => {
  const field = page.locator(".fields").getByLabel("所属", { exact: true });
  await page.goto(`${daemon.url}/devices`);
  await field.fill("税務");
  const paths = (await daemon.json("lookup", "税務")).departments.map(({ department }) => department);
  assert.equal(paths.length, 1);
  await page.waitForSelector(`#departments option[value="${paths[0]}"]`, { state: "attached" });
  await page.keyboard.press("Enter");
  await page.waitForFunction((path) => new URLSearchParams(location.search).get("filter") === `department : "${path}"`, paths[0]);
  await count((await listed(`department : "${paths[0]}"`)).length);
});

test("nothing forbidden happened", () => visitor.expectNothingForbidden());
