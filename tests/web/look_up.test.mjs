// A help desk's day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, visitor, page;

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  visitor = await Visitor.come(browser, daemon);
  page = visitor.page;
  await visitor.signIn(ward.tokens.viewer);
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const shownTag = () => page.locator("article[data-tag]").getAttribute("data-tag");
const method = () => page.locator("[data-method]").getAttribute("data-method");

async function clear() {
  await page.press("#query", "Escape");
  await page.waitForSelector(".answer", { state: "detached" });
}

test("the box has the focus, and a tag gives its card", async () => {
  await page.waitForFunction(() => document.activeElement?.id === "query");
  const [tag] = ward.tags;
  await page.keyboard.type(tag);
  await page.waitForSelector(`article[data-tag="${tag}"]`);
  assert.equal(await method(), "IC_CARD_AND_PASSWORD");
  assert.match(await page.textContent(".method .word"), /ICカード/);
  assert.match(await page.textContent(".advice"), /ログオン/);
  await clear();
});

test("a caller is found by kana, and people of one name are told apart by department", async () => {
  await page.keyboard.type("ワタナベ");
  await page.waitForSelector("#choices [role=option]");
  const options = page.locator("#choices [role=option]");
  const count = await options.count();
  assert.ok(count > 1);
  const people = await options.evaluateAll((all) => all.map((one) => one.textContent));
  assert.equal(new Set(people).size, count, "two choices look alike");
  for (const person of people) assert.match(person, /渡|綿/);
  for (const person of people) assert.match(person, /部|区|会|局|室/);
  assert.match(await page.textContent("[data-say]"), /人います。所属を尋ねてください/);
  assert.equal(page.url(), `${daemon.url}/`, "the name stands in the address");
  const first = await shownTag();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction((tag) => document.querySelector("article[data-tag]")?.dataset.tag !== tag, first);
  assert.equal(await page.getAttribute("#query", "aria-activedescendant"), `choice-${await shownTag()}`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-labelledby")), "card-title");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "query");
  await clear();
});

test("a name that fits many is narrowed by a part of the department", async () => {
  const { people, peopleCount } = await daemon.json("lookup", "ワタナベ");
  assert.ok(peopleCount > people.length, "the answer is not cut, so narrowing it on the page would do");
  const { devices } = await daemon.json("device", "list", "--filter", 'users.kana : "ワタナベ" AND department : "区民部/税務課"');
  assert.ok(devices.length > 1);
  await page.fill("#query", "ワタナベ 税務");
  await page.waitForFunction((count) => document.querySelectorAll("#choices [role=option]").length === count, devices.length);
  const shown = await page.locator("#choices [role=option]").evaluateAll((all) => all.map(({ id }) => id.replace("choice-", "")));
  assert.deepEqual(shown.sort(), devices.map(({ assetTag }) => assetTag).sort());
  assert.equal(page.url(), `${daemon.url}/`, "the name stands in the address");
  await clear();
});

test("last digits, a host name and a serial find the device", async () => {
  const device = await daemon.json("device", "show", ward.tags[0]);
  for (const said of [device.hostName, device.serial, ward.tags[0].slice(-4)]) {
    await page.fill("#query", said);
    await page.waitForFunction((tag) => document.querySelector("article[data-tag]")?.dataset.tag === tag, ward.tags[0]);
    await clear();
  }
});

test("what nobody has is said with what to ask for", async () => {
  await page.fill("#query", "zzzzzzzz");
  await page.waitForSelector("[data-say]:not(:empty)");
  assert.match(await page.textContent("[data-say]"), /該当がありません/);
  await clear();
});

test("a pasted list answers for all and names what it misses", async () => {
  const pasted = [...ward.tags.slice(0, 3), "TSM-99999", "nobody here"].join("\r\n");
  await page.focus("#query");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, pasted);
  await page.waitForSelector("[data-missed]");
  await page.waitForFunction(() => document.querySelector("#pasted")?.textContent === "5件のうち 3件が見つかりました");
  assert.match(await page.textContent("[data-missed]"), /TSM-99999/);
  assert.match(await page.textContent("[data-missed]"), /nobody here/);
  assert.equal(await page.locator("tbody tr").count(), 3);
  await clear();
});

test("the language changes every word and is remembered", async () => {
  await page.click("text=English");
  await page.waitForSelector("html[lang=en]");
  await page.fill("#query", ward.tags[0]);
  await page.waitForSelector("article[data-tag]");
  assert.match(await page.textContent(".method .word"), /IC card/i);
  await page.reload();
  await page.waitForSelector("nav.navigation");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.click("text=日本語");
  await page.waitForSelector("html[lang=ja]");
});

test("nothing moves while the card comes", async () => {
  await page.reload();
  await page.waitForSelector("#query");
  await page.fill("#query", ward.tags[1]);
  await page.waitForSelector("article[data-tag]");
  await page.fill("#query", ward.tags[2]);
  await page.waitForSelector(`article[data-tag="${ward.tags[2]}"]`);
  assert.ok((await visitor.shift()) < 0.01, `shifted by ${await visitor.shift()}`);
  await clear();
});

test("a hostile name stays text and within the page", async () => {
  const tag = ward.tags[3];
  const note = `<img src=x onerror="window.hurt=1">\u202e${"長".repeat(100)}`;
  await daemon.kirikae("device", "update", tag, "--set", `model=${note}`, "--set", `host_name=<b>${"X".repeat(60)}`, "--yes").catch((fault) => {
    // Some fields refuse such characters, which is as good.
    assert.match(String(fault.stderr), /model|host/i);
  });
  await daemon.kirikae("device", "update", tag, "--set", `model=<img src=x onerror="window.hurt=1">${"長".repeat(60)}`, "--yes");
  for (const width of [1320, 400]) {
    await page.setViewportSize({ width, height: 860 });
    await page.fill("#query", tag);
    await page.waitForSelector(`article[data-tag="${tag}"]`);
    assert.match(await page.textContent("article"), /<img src=x onerror/);
    assert.equal(await page.locator("article img").count(), 0);
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `wider than ${width}`);
    await clear();
  }
  await page.setViewportSize({ width: 1320, height: 860 });
});

test("a tag that is typed on is shown before the service answers, and its answer takes that place", async () => {
  await page.fill("#query", "TSM-0002");
  await page.waitForFunction(() => document.querySelectorAll("#choices li").length === 10);
  await visitor.context.setOffline(true);
  await page.fill("#query", "TSM-00027");
  await page.waitForSelector('article[data-tag="TSM-00027"]');
  assert.equal(await page.locator("#choices li").count(), 0);
  await page.waitForSelector("[role=alert] >> text=応答がありません");
  await visitor.context.setOffline(false);
  await daemon.kirikae("device", "update", "TSM-00027", "--set", "os=Windows 12", "--yes");
  await page.click("text=もう一度試す");
  await page.waitForSelector('article[data-tag="TSM-00027"] >> text=Windows 12');
  await clear();
});

test("Back returns to what was looked up, and the address names nobody", async () => {
  await page.fill("#query", "ワタナベ");
  await page.waitForSelector("article[data-tag]");
  const tag = await page.getAttribute("article", "data-tag");
  await page.press("#query", "Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.tag), tag);
  const before = await page.locator("article a.button").boundingBox();
  await page.mouse.down();
  await page.mouse.up();
  assert.deepEqual(await page.locator("article a.button").boundingBox(), before, "nothing moves when the focus leaves the card");
  await page.click("article a.button");
  await page.waitForSelector("#history");
  await page.goBack();
  await page.waitForSelector(`article[data-tag="${tag}"]`);
  assert.equal(await page.inputValue("#query"), "ワタナベ");
  assert.equal(new URL(page.url()).search, "");
  await clear();
});

test("a lost connection is said, and the answer comes when it is back", async () => {
  await visitor.context.setOffline(true);
  await page.fill("#query", ward.tags[0]);
  await page.waitForSelector("[role=alert] >> text=応答がありません");
  await visitor.context.setOffline(false);
  await page.click("text=もう一度試す");
  await page.waitForSelector(`article[data-tag="${ward.tags[0]}"]`);
  assert.equal(await page.locator(".notice").count(), 0);
  await clear();
});

test("an address where nothing stands says so in both languages, with a way home", async () => {
  const stranger = await Visitor.come(browser, daemon);
  for (const [view, path] of [[stranger, "/nope"], [visitor, "/nope/today"]]) {
    const answer = await view.page.goto(daemon.url + path);
    assert.equal(answer.status(), 404);
    await view.page.waitForSelector("h1 >> text=ページがありません");
    await view.page.click("text=English");
    await view.page.waitForSelector("h1 >> text=No such page");
    await view.page.click("text=日本語");
    await view.page.waitForSelector("html[lang=ja]");
    await view.page.click("main a[href='/']");
  }
  await stranger.page.waitForSelector("#token");
  await page.waitForSelector("#query");
  await stranger.expectNothingForbidden();
  await stranger.leave();
});

test("signing out shows the sign-in at the same address", async () => {
  await page.click("text=サインアウト");
  await page.waitForSelector("#token");
  await page.fill("#token", "krk_wrong");
  await page.press("#token", "Enter");
  await page.waitForSelector("#token-fault:not(:empty)");
  assert.match(await page.textContent("#token-fault"), /トークン/);
  await page.fill("#token", ward.tokens.viewer);
  await page.press("#token", "Enter");
  await page.waitForSelector("nav.navigation");
  assert.equal(new URL(page.url()).pathname, "/");
});

test("nothing forbidden happened", () => visitor.expectNothingForbidden());
