// A plan's day: made, read, asked about, submitted, approved.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward, planner, approver;
const first = "/rollouts/face2025/plans/1";

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  planner = await Visitor.come(browser, daemon);
  await planner.signIn(ward.tokens.planner, first);
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const planNow = (number) => daemon.json("plan", "show", `rollouts/face2025/plans/${number}`);

test("its counts lead to its rows", async () => {
  const { page } = planner;
  const plan = await planNow(1);
  await page.waitForSelector("#departments");
  await page.click("text=利用者の顔が未登録 >> xpath=../../.. >> a");
  await page.waitForSelector("[data-rows]");
  const blocked = plan.blocked.filter(({ codes }) => codes.includes("USER_NOT_ENROLLED")).length;
  assert.equal(Number(await page.getAttribute("[data-rows]", "data-rows")), blocked);
  assert.equal(new URL(page.url()).search, "?show=blocked&code=USER_NOT_ENROLLED");
  await page.reload();
  await page.waitForSelector(`[data-rows="${blocked}"]`);
  await page.goto(`${daemon.url}${first}?show=placed`);
  await page.waitForSelector(`[data-rows="${plan.plannedCount}"]`);
});

test("the departments' numbers add up to the plan's", async () => {
  const { page } = planner;
  const plan = await planNow(1);
  const rows = await page.locator("section[aria-labelledby=departments] tbody tr").evaluateAll((all) => all.map((row) => [...row.children].slice(-2).map((cell) => Number(cell.textContent))));
  assert.ok(rows.length > 30);
  assert.equal(rows.reduce((sum, [placed]) => sum + placed, 0), plan.plannedCount);
  assert.equal(rows.reduce((sum, [, not]) => sum + not, 0), (plan.leftCount ?? 0) + plan.blockedCount);
});

test("a device is explained, and one that the plan does not know is refused at its field", async () => {
  const { page } = planner;
  const { solution } = await planNow(1);
  const { item } = solution.placements.at(-1);
  await page.fill("input[name=explain]", item);
  await page.press("input[name=explain]", "Enter");
  await page.waitForSelector(`[data-explained="${item}"]`);
  assert.ok(await page.locator("[data-explained] tbody tr").count() > 0);
  await page.fill("input[name=explain]", "TSM-99999");
  await page.press("input[name=explain]", "Enter");
  await page.waitForSelector("section[aria-labelledby=explain] .fault");
  assert.match(await page.textContent("section[aria-labelledby=explain] .fault"), /TSM-99999/);
});

test("a what-if moves dates and writes nothing", async () => {
  const { page } = planner;
  const before = await planNow(1);
  const form = page.locator("section[aria-labelledby=what-if]");
  await form.locator("select").nth(1).selectOption("managers");
  await form.locator("input[type=number]").fill("5");
  await form.locator("button[type=submit]").click();
  await form.locator("button.main").click();
  await page.waitForSelector("[data-simulated]", { timeout: 90_000 });
  const later = await form.locator("[data-simulated] tbody tr").filter({ hasText: "managers" }).first().locator("td").last().textContent();
  assert.equal(Number(later), 5);
  assert.deepEqual(await planNow(1), before);
});

test("its files are those of the command line", async () => {
  const { page } = planner;
  for (const [word, end] of [["ICS", "ics"], ["CSV", "csv"], ["XLSX", "xlsx"]]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`button >> text="${word}"`)]);
    assert.equal(file.suggestedFilename(), `face2025-plan1.${end}`);
    const bytes = readFileSync(await file.path());
    if (end === "ics") assert.match(bytes.toString(), /^BEGIN:VCALENDAR\r\n/);
    if (end === "csv") assert.equal(bytes.toString().trim().split("\r\n").length, 1 + (await planNow(1)).plannedCount);
    if (end === "xlsx") assert.equal(bytes.subarray(0, 2).toString(), "PK");
  }
});

test("a new plan is made, compared and submitted", async () => {
  const { page } = planner;
  await daemon.kirikae("mark", "failed", ward.tags[0], "--cause", "CAMERA_FAULT", "--yes");
  await page.goto(`${daemon.url}/rollouts/face2025/plans`);
  await page.waitForSelector('[data-plan="1"]');
  await page.click("button >> text=計画を作る");
  await page.click("dialog[open] button[type=submit]");
  await page.waitForURL(/plans\/2$/);
  await page.waitForSelector("#difference");
  const difference = await daemon.json("plan", "compare", "rollouts/face2025/plans/1", "rollouts/face2025/plans/2").catch((fault) => JSON.parse(fault.stdout));
  const total = await page.locator("section[aria-labelledby=difference] table").first().locator("tbody tr").last().locator("td").allTextContents();
  assert.deepEqual(total.map(Number), ["earlier", "later", "withinDay", "added", "dropped", "unchanged"].map((field) => difference.total[field] ?? 0));
  await page.click("button >> text=提出する");
  await page.waitForSelector("dialog[open]");
  assert.match(await page.textContent("dialog[open]"), /作成中 → 提出済み/);
  await page.click("dialog[open] button[type=submit]");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  assert.equal((await planNow(2)).state, "PLAN_STATE_SUBMITTED");
  await page.waitForSelector("text=承認・差し戻し：承認の役割の人ができます。");
});

test("an approver sees what would be approved, and approves it with a remark", async () => {
  approver = await Visitor.come(browser, daemon);
  const { page } = approver;
  await approver.signIn(ward.tokens.approver, "/rollouts/face2025/plans/2");
  await page.click("button >> text=承認する");
  await page.waitForSelector("dialog[open]");
  const plan = await planNow(2);
  const told = await page.textContent("dialog[open]");
  assert.match(told, /提出済み → 承認済み/);
  assert.ok(told.includes(`予定 ${plan.plannedCount}台`), told);
  await page.fill("dialog[open] input[name=remark]", "案のとおり");
  await page.click("dialog[open] button[type=submit]");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await page.waitForSelector(".pill.good");
  const approved = await planNow(2);
  assert.equal(approved.state, "PLAN_STATE_APPROVED");
  assert.equal(approved.remark, "案のとおり");
});

test("what it leaves out is counted by department and reason, and each count leads to its devices", async () => {
  const { page } = planner;
  // From this day on the calendar is too short for all devices.
  const made = await daemon.json("plan", "create", "--first-day", "2026-03-25");
  const groups = made.solution.leftGroups;
  assert.ok(made.leftCount > 0);
  await page.goto(`${daemon.url}/${made.name}`);
  await page.waitForSelector("section[aria-labelledby=left-out] [data-groups]");
  const table = page.locator("section[aria-labelledby=left-out] [data-groups]").first();
  const places = new Set(groups.map(({ codes, department }) => `${codes} ${department}`));
  assert.equal(Number(await table.getAttribute("data-groups")), places.size);
  const link = table.locator("tbody a").first();
  const count = Number((await link.textContent()).replace(/\D/g, ""));
  assert.ok(count > 0);
  await link.click();
  await page.waitForSelector(`[data-rows="${count}"]`);
});

test("a finish that it promises is shown with what it costs", async () => {
  const { page } = planner;
  const { name, promise } = await daemon.json("plan", "create", "--confidence", "90%");
  await page.goto(`${daemon.url}/${name}`);
  await page.waitForSelector(`[data-promised="${promise.finish}"]`);
  assert.equal(await page.locator("[data-promised] tbody tr").count(), promise.phases.length);
});

test("what devices need stands by department, and its filter in the address", async () => {
  const { page } = planner;
  const { needs } = await daemon.json("readiness", "list", "--department", "総務部");
  assert.ok(needs.length > 0 && needs.length <= 100);
  await page.goto(`${daemon.url}/rollouts/face2025/readiness`);
  await page.waitForSelector("[data-needs]");
  await page.fill("section.fields input", "総務部");
  await page.press("section.fields input", "Enter");
  await page.waitForSelector(`[data-needs="${needs.length}"]`);
  assert.equal(new URL(page.url()).searchParams.get("department"), "総務部");
  assert.equal(await page.locator("[data-need=USER_NOT_ENROLLED]").count(), needs.filter(({ code }) => code === "USER_NOT_ENROLLED").length);
});

test("nothing forbidden happened", async () => {
  await planner.expectNothingForbidden();
  await approver.expectNothingForbidden();
});
