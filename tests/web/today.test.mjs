// A technician's day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { scanBurst, scanWithInputMethod } from "./parts/reader.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, visitor, page, cdp;
let next = 0;

// Tags that are due and that no test has used.
function fresh(count) {
  next += count;
  return tags.slice(next - count, next);
}
let tags;

before(async () => {
  ({ daemon, ward } = await startWard({ days: 2 }));
  browser = await startBrowser();
  visitor = await Visitor.come(browser, daemon);
  page = visitor.page;
  cdp = await visitor.context.newCDPSession(page);
  await visitor.signIn(ward.tokens.operator, "/today");
  await page.waitForSelector("[data-row]");
  const due = (await daemon.json("due")).devices ?? [];
  tags = due.filter(({ exceptionEnds, blockers }) => !exceptionEnds && !blockers?.length).map(({ device }) => device.assetTag);
  assert.ok(tags.length >= 33, `only ${tags.length} devices are due`);
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const last = (tag, standing) => page.waitForSelector(`[data-last="${tag}"][data-standing="${standing}"]`);
const row = (tag, state) => page.waitForSelector(`[data-row="${tag}"][data-state="${state}"]`);
const toPad = () => page.focus("[data-pad]");
const set = (outcome) => page.click(`[data-outcome="${outcome}"]`);

// The change sets that marked a device.
async function marksOf(tag) {
  const { changeSets = [] } = await daemon.json("change", "list", "--record", `devices/${tag}`).catch(() => ({}));
  const history = await daemon.json("device", "history", tag);
  const entries = history.entries ?? history;
  return { changeSets, migrated: entries.filter(({ field, newValue }) => field === "placement.state" && newValue === "MIGRATED") };
}

test("the list has each device with its user, by floor, and what is in the way", async () => {
  const shown = await page.locator("[data-row]").evaluateAll((all) => all.map((one) => one.dataset.row));
  const due = (await daemon.json("due")).devices.map(({ device }) => device.assetTag);
  assert.deepEqual([...shown].sort(), [...due].sort());
  const { users } = await daemon.json("device", "show", tags[0]);
  assert.match(await page.textContent(`[data-row="${tags[0]}"]`), new RegExp(users[0].name));
});

test("ten devices are scanned with the input method on", async () => {
  await toPad();
  const ten = fresh(10);
  for (const tag of ten) {
    await scanWithInputMethod(page, cdp, tag);
    await last(tag, "done");
  }
  for (const tag of ten) {
    await row(tag, "MIGRATED");
    assert.equal((await daemon.json("device", "show", tag)).authMethod, "AUTH_METHOD_FACE_AND_PASSWORD");
  }
  assert.equal(await page.evaluate(() => document.activeElement?.hasAttribute("data-pad")), true, "the pad keeps the focus");
});

test("a tag scanned twice is said and counted once", async () => {
  const [tag] = fresh(1);
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "twice");
  assert.match(await page.textContent("[data-last]"), /二度目/);
  assert.equal((await marksOf(tag)).migrated.length, 1);
});

test("prefixes of readers are taken off, and a scan presses no button", async () => {
  const [first, second, third] = fresh(3);
  await page.focus("text=English");
  await scanBurst(page, `]C1${first}`);
  await last(first, "done");
  await scanBurst(page, `*${second}*`);
  await last(second, "done");
  await scanBurst(page, third, { end: "Tab" });
  await last(third, "done");
  assert.equal(await page.getAttribute("html", "lang"), "ja");
});

test("keys at a person's speed outside the scan field are no scan", async () => {
  const [tag] = fresh(1);
  await page.focus("text=サインアウト");
  await scanBurst(page, tag.slice(0, 5), { gap: 60, end: "Tab" });
  assert.equal(await page.locator(`[data-last="${tag.slice(0, 5)}"]`).count(), 0);
});

test("a failure is marked with the cause that was set, and taken back", async () => {
  const [tag] = fresh(1);
  await set("FAILED");
  await page.selectOption(".settings select", "2"); // CAMERA_FAULT
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await row(tag, "FAILED");
  assert.equal((await daemon.json("lookup", tag)).matches[0].card.cause, "FAILURE_CAUSE_CAMERA_FAULT");
  await page.click("text=取り消す");
  await last(tag, "undone");
  await row(tag, "DUE");
  await set("MIGRATED");
});

test("each act of the day is taken back, and the failures are listed to try again", async () => {
  const [first, second] = fresh(2);
  await set("FAILED");
  await toPad();
  for (const tag of [first, second]) {
    await scanWithInputMethod(page, cdp, tag);
    await last(tag, "done");
    await row(tag, "FAILED");
  }
  await page.click("[data-failed]");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-row]")].every(({ dataset }) => dataset.state === "FAILED"));
  const listed = await page.locator("[data-row]").evaluateAll((all) => all.map(({ dataset }) => dataset.row));
  assert.ok(listed.includes(first) && listed.includes(second));
  await page.click(`[data-act="${first}"] button`);
  await page.waitForSelector(`[data-act="${first}"][data-standing=undone]`);
  await page.waitForSelector(`[data-row="${first}"]`, { state: "detached" });
  await page.click("[data-failed]");
  await row(first, "DUE");
  await row(second, "FAILED");
  await set("MIGRATED");
});

test("putting off wants a day first", async () => {
  const [tag] = fresh(1);
  await set("DEFERRED");
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "incomplete");
  await page.fill(".settings input[type=date]", "2025-04-29");
  await page.waitForSelector(".settings .help >> text=2025年4月29日(火) 閉庁日（昭和の日）");
  await page.fill(".settings input[type=date]", "2025-04-21");
  await page.waitForSelector(".settings .help >> text=/^2025年4月21日\\(月\\)$/");
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await row(tag, "DEFERRED");
  await set("MIGRATED");
});

test("a typed tag in kana is read back, and Enter while composing sends nothing", async () => {
  const [tag] = fresh(1);
  const kana = { T: "か", S: "と", M: "も", "-": "ほ", 0: "わ", 1: "ぬ", 2: "ふ", 3: "あ", 4: "う", 5: "え", 6: "お", 7: "や", 8: "ゆ", 9: "よ" };
  const typed = [...tag].map((one) => kana[one]).join("");
  await page.focus("#tag");
  await cdp.send("Input.imeSetComposition", { text: typed, selectionStart: typed.length, selectionEnd: typed.length });
  const enter = { key: "Process", code: "Enter", windowsVirtualKeyCode: 229 };
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  assert.equal(await page.locator(`[data-last="${tag}"]`).count(), 0);
  await cdp.send("Input.insertText", { text: typed });
  await page.press("#tag", "Enter");
  await last(tag, "done");
  assert.match(await page.textContent("[data-last]"), new RegExp(`${tag} と読み替えました`));
});

test("marks of another day are asked one after the other, and none is lost", async () => {
  const { devices } = await daemon.json("device", "list", "--filter", "placement.phase = managers AND placement.state = PLANNED");
  const [first, second] = devices.map(({ assetTag }) => assetTag);
  await set("MIGRATED");
  await toPad();
  await scanBurst(page, first);
  await page.waitForSelector(`dialog[open] >> text=${first}`);
  await last(first, "asked");
  await scanBurst(page, second);
  await last(second, "asked");
  await scanBurst(page, first); // asked already: neither counted nor asked again
  await page.click("dialog[open] .button.main");
  await page.waitForSelector(`dialog[open] >> text=${second}`);
  await page.click("dialog[open] .button.main");
  await last(second, "done");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  for (const tag of [first, second]) assert.equal((await marksOf(tag)).migrated.length, 1, tag);
});

test("what is in the way is passed with a reason only", async () => {
  const { devices } = await daemon.json("device", "list", "--filter", "camera = NONE");
  let tag = "";
  for (const { assetTag } of devices) {
    const { matches } = await daemon.json("lookup", assetTag);
    if (matches[0].card.blockers?.map(({ code }) => code).join() === "NO_CAMERA") tag = assetTag;
    if (tag !== "") break;
  }
  assert.notEqual(tag, "");
  await toPad();
  await scanBurst(page, tag);
  await page.waitForSelector(`[data-last="${tag}"][data-standing=refused], dialog[open]`);
  if (await page.locator("dialog[open]").count()) await page.click("dialog[open] .button.main");
  await last(tag, "refused");
  assert.match(await page.textContent(`[data-last="${tag}"]`), /（カメラなし）/);
  assert.equal((await marksOf(tag)).migrated.length, 0);
  await page.fill("[data-override] input", "外付けカメラを用意");
  await page.click("[data-override] button");
  await last(tag, "done");
  const { changeSets, migrated } = await marksOf(tag);
  assert.equal(migrated.length, 1);
  assert.equal(changeSets[0].reason, "外付けカメラを用意");
});

test("a tag without its hyphen is the one that the look-up takes it for", async () => {
  const [tag] = fresh(1);
  await set("MIGRATED");
  await toPad();
  await scanBurst(page, tag.replace("-", ""));
  await last(tag, "done");
  assert.equal((await marksOf(tag)).migrated.length, 1);
  // One that is not due is found too, and asked about under its own tag.
  const { devices } = await daemon.json("device", "list", "--filter", "placement.phase = managers AND placement.state = PLANNED");
  const other = devices.at(-1).assetTag;
  await scanBurst(page, other.replace("-", ""));
  await last(other, "asked");
  await page.click("dialog[open] .button:not(.main)");
  await last(other, "undone");
  // What fits no device stays as it was scanned.
  await scanBurst(page, "TSM99999");
  await last("TSM99999", "refused");
});

test("the figures are of the team that is chosen", async () => {
  const due = (await daemon.json("due")).devices;
  const waves = (await daemon.json("wave", "list", "face2025")).waves;
  const own = (team) => waves.filter((wave) => due.some(({ wave: name }) => name === wave.name) && (team === "" || wave.team === team));
  const total = (team) => own(team).reduce((sum, wave) => sum + wave.total, 0);
  const teams = [...new Set(own("").map(({ team }) => team))];
  assert.ok(teams.length > 1, "only one team is due");
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.viewer, "/today");
  for (const team of ["", ...teams]) {
    await other.page.locator(".filters select").first().selectOption(team);
    await other.page.waitForFunction((text) => document.querySelector("[data-figures]").textContent.startsWith(text), `${total(team)}台のうち`);
  }
  await other.expectNothingForbidden();
  await other.leave();
});

test("a view that was never opened opens without a connection, and what is scanned there is sent once", async () => {
  const [tag] = fresh(1);
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.operator, "/");
  await other.page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => /\/office-/.test(name) && responseEnd > 0));
  await other.context.setOffline(true);
  await other.page.click("nav.navigation a[href='/today']");
  await other.page.focus("[data-pad]");
  await scanBurst(other.page, tag);
  await other.page.waitForSelector(`[data-last="${tag}"][data-standing=waiting]`);
  await other.page.waitForSelector("[data-outbox] li");
  await other.context.setOffline(false);
  await other.page.waitForSelector("[data-outbox]", { state: "detached" });
  assert.equal((await marksOf(tag)).migrated.length, 1);
  await other.expectNothingForbidden();
  await other.leave();
});

test("a mark by the command line is seen within a second", async () => {
  const [tag] = fresh(1);
  await page.waitForSelector("text=自動更新中");
  await daemon.kirikae("mark", "migrated", tag, "--yes");
  const begin = Date.now();
  await row(tag, "MIGRATED");
  assert.ok(Date.now() - begin < 1000, `${Date.now() - begin} ms`);
});

test("a list that was asked for before a mark does not take the mark back", async () => {
  const [other, tag, later] = fresh(3);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));
  await page.route("**/kirikae.v1.MigrationService/ListDue", async (route) => {
    const response = await route.fetch();
    begin();
    await held;
    await route.fulfill({ response });
  }, { times: 1 });
  await daemon.kirikae("mark", "migrated", other, "--yes");
  await begun;
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await row(tag, "MIGRATED");
  const next = page.waitForResponse(/ListDue/);
  release();
  await next;
  await daemon.kirikae("mark", "migrated", later, "--yes");
  await row(later, "MIGRATED");
  assert.equal(await page.getAttribute(`[data-row="${tag}"]`, "data-state"), "MIGRATED");
});

test("two people on one device: the second is told that it is done", async () => {
  const [tag] = fresh(1);
  const other = await Visitor.come(browser, daemon);
  await other.signIn(ward.tokens.planner, "/today");
  await other.page.waitForSelector(`[data-row="${tag}"]`);
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await scanBurst(other.page, tag);
  await other.page.waitForSelector(`[data-last="${tag}"][data-standing="same"]`);
  assert.equal((await marksOf(tag)).migrated.length, 1);
  await other.expectNothingForbidden();
  await other.leave();
});

test("without a connection scans stand in the outbox, and each is sent once when it is back", async () => {
  const [first, second] = fresh(2);
  await visitor.context.setOffline(true);
  await toPad();
  await scanWithInputMethod(page, cdp, first);
  await scanWithInputMethod(page, cdp, second);
  await page.waitForFunction(() => document.querySelectorAll("[data-outbox] li").length === 2);
  assert.match(await page.textContent("[data-outbox]"), /未送信 2件/);
  await last(second, "waiting");
  await scanWithInputMethod(page, cdp, second);
  await last(second, "twice");
  await visitor.context.setOffline(false);
  await page.waitForSelector("[data-outbox]", { state: "detached" });
  for (const tag of [first, second]) {
    await row(tag, "MIGRATED");
    assert.equal((await marksOf(tag)).migrated.length, 1);
  }
});

test("an answer that is lost on its way back marks nothing twice", async () => {
  const [tag] = fresh(1);
  let lost = 0;
  await page.route("**/kirikae.v1.MigrationService/MarkDevices", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch(); // The service has done it.
    await route.abort("connectionreset");
  });
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done"); // The first answer again, by the request's id.
  await page.unroute("**/kirikae.v1.MigrationService/MarkDevices");
  assert.ok(lost >= 2);
  assert.equal((await marksOf(tag)).migrated.length, 1);
});

test("a busy service is asked again until it has done it", async () => {
  const [tag] = fresh(1);
  let refused = 0;
  await page.route("**/kirikae.v1.MigrationService/MarkDevices", (route) => {
    if (refused++ > 0) return route.continue();
    return route.fulfill({ status: 429, contentType: "application/json", body: JSON.stringify({ code: "resource_exhausted", message: "busy" }) });
  });
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "done");
  await page.unroute("**/kirikae.v1.MigrationService/MarkDevices");
  assert.ok(refused >= 2);
  assert.equal((await marksOf(tag)).migrated.length, 1);
});

test("what the browser can't keep is not sent, and said", async () => {
  const [tag] = fresh(1);
  await page.evaluate(() => {
    window.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await last(tag, "refused");
  await page.evaluate(() => (IDBObjectStore.prototype.put = window.put));
  assert.equal((await marksOf(tag)).migrated.length, 0);
});

test("who signs out without a connection is told that the session goes on", async () => {
  await visitor.context.setOffline(true);
  await page.click(".who button:last-child");
  await page.waitForSelector("text=サインアウトできていません");
  await visitor.context.setOffline(false);
  await page.waitForSelector("nav.navigation");
});

test("the service stops in the middle; leaving warns, and the outbox outlives the page", async () => {
  const [tag] = fresh(1);
  await daemon.stop("SIGKILL");
  await toPad();
  await scanWithInputMethod(page, cdp, tag);
  await page.waitForSelector("[data-outbox] li");
  const warned = page.waitForEvent("dialog");
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  const dialog = await warned;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.accept();
  await closed;
  await daemon.startAgain();
  page = visitor.page = await visitor.newPage();
  await page.goto(`${daemon.url}/today`);
  await page.waitForSelector("nav.navigation");
  await page.waitForSelector("[data-outbox]", { state: "detached" });
  for (;;) {
    if ((await marksOf(tag)).migrated.length === 1) break;
  }
});

test("nothing forbidden happened", async () => {
  visitor.faults = visitor.faults.filter((fault) => !/ERR_(INTERNET_DISCONNECTED|CONNECTION|EMPTY_RESPONSE|INCOMPLETE|NETWORK)/.test(fault));
  await visitor.expectNothingForbidden();
});
