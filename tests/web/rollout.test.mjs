// A planner's and an approver's day with a rollout.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, planner, approver;

async function come(role) {
  const visitor = await Visitor.come(browser, daemon);
  await visitor.signIn(ward.tokens[role], "/rollouts");
  return visitor;
}

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  planner = await come("planner");
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const count = async (page, phase) => (await page.textContent(`[data-phase="${phase}"] .count`)).replace(/\s/g, "");
const phaseNow = async (id) => (await daemon.json("rollout", "show", "face2025")).phases.find((phase) => phase.id === id);
const rolloutState = async () => (await daemon.json("rollout", "show", "face2025")).state;

async function confirm(page, remark, verb) {
  if (remark !== null) await page.fill("dialog[open] input[name=remark]", remark);
  await page.click(`dialog[open] button[type=submit] >> text=${verb}`);
  await page.waitForSelector("dialog[open]", { state: "detached" });
}

test("the list leads to the rollout, whose figures are the command line's", async () => {
  const { page } = planner;
  const { total: all } = await daemon.json("rollout", "progress", "face2025");
  await page.waitForSelector(`tbody tr >> text="${all.succeeded ?? 0} / ${all.total}"`);
  await page.click("tbody a");
  await page.waitForSelector("[data-phase=pilot]");
  assert.equal(new URL(page.url()).pathname, "/rollouts/face2025");
  const progress = await daemon.json("rollout", "progress", "face2025");
  for (const { id, total } of progress.phases) assert.equal(await count(page, id), `0/${total}`);
  assert.ok(await page.locator("svg .planned").count() >= 1);
  assert.ok(await page.locator("svg polygon.band").count() === 1, "no forecast band");
});

test("a day that is none in the address breaks nothing", async () => {
  const { page } = planner;
  await page.goto(`${daemon.url}/rollouts/face2025?day=2025-99-99`);
  await page.waitForSelector("table.month");
  await page.waitForSelector("[data-wave-day] .weak");
  await page.goto(`${daemon.url}/rollouts/face2025`);
  await page.waitForSelector(".heat a");
});

test("a number leads to exactly the devices that it counts", async () => {
  const { page } = planner;
  const links = await page.locator(".heat a").evaluateAll((all) => all.map((one) => ({ to: one.getAttribute("href"), count: Number(one.textContent.replace(",", "")) })));
  assert.ok(links.length > 10);
  for (const { to, count: shown } of links.slice(0, 6)) {
    const filter = new URL(to, daemon.url).searchParams.get("filter");
    const tags = (await daemon.kirikae("device", "list", "--filter", filter, "-o", "name")).trim().split("\n").filter(Boolean);
    assert.equal(tags.length, shown, filter);
  }
});

test("a mark made elsewhere is seen at once", async () => {
  const { page } = planner;
  await page.waitForSelector("[data-live=true]");
  const [tag, other] = ward.tags;
  await daemon.kirikae("mark", "migrated", tag, "--yes");
  await page.waitForFunction(() => document.querySelector("[data-phase=pilot] .count")?.textContent.trim().startsWith("1"));
  await daemon.kirikae("mark", "failed", other, "--cause", "CAMERA_FAULT", "--yes");
  await page.waitForSelector(".causes tbody tr");
  assert.match(await page.textContent(".causes"), /カメラ故障\s*1/);
  const { successRate } = (await daemon.json("rollout", "progress", "face2025")).phases[0];
  assert.equal(successRate, 0.5);
  assert.match(await page.textContent("[data-gate=pilot]"), /50\.0 %/);
  assert.match(await page.textContent("[data-gate=pilot]"), /95\.0 % 以上/);
});

test("live figures go on after the service was away", async () => {
  const { page } = planner;
  await daemon.stop();
  await page.waitForSelector("[data-live=false]");
  await daemon.startAgain();
  await page.waitForSelector("[data-live=true]");
  await daemon.kirikae("mark", "migrated", ward.tags[2], "--yes");
  await page.waitForFunction(() => document.querySelector("[data-phase=pilot] .count")?.textContent.trim().startsWith("2"));
});

test("a hold needs a reason, is said with it, and keeps the planner from releasing it", async () => {
  const { page } = planner;
  await page.click("[data-gate=pilot] >> text=保留 >> visible=true");
  await page.waitForSelector("dialog[open]");
  await page.click("dialog[open] button[type=submit]");
  assert.equal(await page.locator("dialog[open]").count(), 1, "a hold without a reason was sent");
  await confirm(page, "カメラの故障を調べる", "保留");
  await page.waitForSelector("[data-hold]");
  const phase = await phaseNow("pilot");
  assert.equal(phase.state, "PHASE_STATE_HELD");
  assert.equal(phase.hold.rule, "HOLD_RULE_PERSON");
  assert.match(await page.textContent("[data-hold]"), /カメラの故障を調べる/);
  assert.match(await page.textContent("[data-gate=pilot]"), /解除：承認の役割の人ができます。あなたの役割は計画です。/);
  assert.equal(await page.locator("[data-gate=pilot] button >> text=解除").count(), 0);
});

test("an approver releases it with a remark, which the planner sees", async () => {
  approver = await come("approver");
  const { page } = approver;
  await page.goto(`${daemon.url}/rollouts/face2025`);
  await page.waitForSelector("[data-hold]");
  await page.click("[data-gate=pilot] button >> text=解除");
  await page.waitForSelector("dialog[open]");
  assert.match(await page.textContent("dialog[open]"), /保留 → 実施中/);
  await confirm(page, "原因が分かった", "解除");
  await planner.page.waitForSelector("[data-hold]", { state: "detached" });
  const phase = await phaseNow("pilot");
  assert.equal(phase.state, "PHASE_STATE_OPEN");
  assert.equal(phase.remark, "原因が分かった");
});

test("a pause says what it stops before it is done, and is taken back", async () => {
  const { page } = planner;
  await page.click("button >> text=一時停止");
  await page.waitForSelector("[data-effect] li");
  assert.match(await page.textContent("[data-effect]"), /実施中 → 一時停止中/);
  assert.match(await page.textContent("[data-effect]"), /今日までの作業のうち 2件に、未了の端末があります/);
  assert.equal(await rolloutState(), "ROLLOUT_STATE_ACTIVE", "asking has paused it");
  await confirm(page, "停電", "一時停止");
  assert.equal(await rolloutState(), "ROLLOUT_STATE_PAUSED");
  await page.click("button >> text=再開");
  await page.waitForSelector("[data-effect] li");
  await confirm(page, "", "再開");
  assert.equal(await rolloutState(), "ROLLOUT_STATE_ACTIVE");
});

test("the calendar leads to a day's waves, Back returns, and a wave is started", async () => {
  const { page } = planner;
  const waves = await daemon.json("wave", "list", "face2025");
  const next = (waves.waves ?? waves).find((wave) => wave.state === "WAVE_STATE_PLANNED");
  // What the rollout's own rules say of days stands in the calendar, in every month from the first wave to the last.
  assert.equal(await page.locator('[data-blackout="区議会事務局"]').count(), 12);
  assert.match(await page.textContent('[data-blackout="区議会事務局"] >> nth=0'), /定例会/);
  // In words below the month: a cell is only hatched.
  assert.match(await page.textContent('[data-blackouts="2025-06"]'), /6月9日\(月\) – 6月20日\(金\): 区議会事務局.*定例会/);
  assert.ok((await page.locator('[data-blackout="区議会事務局"] >> nth=0').boundingBox()).height <= 1);
  assert.match(await page.textContent("table.month:has(caption:text-is('2025年5月')) td:has(.date:text-is('24'))"), /作業日/);
  await page.click(`button[data-day="${next.day}"]`);
  await page.waitForSelector(`[data-wave-day="${next.day}"]`);
  // Each wave's number leads to its own devices.
  for (const { name, total } of (waves.waves ?? waves).filter(({ day }) => day === next.day)) {
    const link = await page.getAttribute(`[data-wave="${name}"] a`, "href");
    const { devices } = await daemon.json("device", "list", "--filter", new URL(link, daemon.url).searchParams.get("filter"));
    assert.equal(devices.length, total, name);
  }
  assert.equal(new URL(page.url()).searchParams.get("day"), next.day);
  await page.goBack();
  await page.waitForSelector("[data-wave-day]", { state: "detached" });
  await page.goForward();
  const row = `[data-wave="${next.name}"]`;
  await page.click(`${row} button`);
  await page.waitForSelector("dialog[open]");
  assert.match(await page.textContent("dialog[open]"), /予定 → 作業中/);
  await confirm(page, "", "開始");
  await page.waitForSelector(`${row} .pill.wait`);
  assert.equal((await daemon.json("wave", "show", next.name)).state, "WAVE_STATE_IN_PROGRESS");
});

test("a proposed change of the rules is decided with its difference in sight", async () => {
  const { source } = await daemon.json("rollout", "show", "face2025");
  const file = `${daemon.state}.yaml`;
  writeFileSync(file, source.replace("success_rate: 95%", "success_rate: 90%"));
  await daemon.kirikae("rollout", "propose", "-f", file, "--reason", "試行のため", "--yes");
  const { page } = approver;
  await page.reload();
  await page.waitForSelector("#proposal");
  const proposal = await page.textContent("section[aria-labelledby=proposal]");
  assert.match(proposal, /phases\.pilot\.gate\.success_rate/);
  assert.match(proposal, /95.*90/);
  await page.click("button >> text=承認する");
  await page.waitForSelector("dialog[open]");
  await confirm(page, "承知", "承認する");
  await page.waitForSelector("#proposal", { state: "detached" });
  assert.equal((await phaseNow("pilot")).gate.successShare, 0.9);
});

test("nothing forbidden happened", async () => {
  await planner.expectNothingForbidden();
  await approver.expectNothingForbidden();
});
