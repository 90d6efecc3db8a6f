// What people and files give is text in every view: markup, marks that turn the direction, and very long words.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { temporaryFolder } from "./parts/daemon.mjs";
import { startWard } from "./parts/ward.mjs";

const hurt = `<img src=x onerror="window.hurt=1">`;
const long = "W".repeat(160);
// RIGHT-TO-LEFT OVERRIDE, which the service refuses in names and takes in what is free text.
const turned = "\u202e";
let browser, daemon, ward, tag, staffNumber, changeSet;

// The first of the texts that the service takes.
async function set(field, ...texts) {
  for (const text of texts) {
    try {
      await daemon.kirikae("device", "update", tag, "--set", `${field}=${text}`, "--yes");
      return text;
    } catch (fault) {
      assert.match(String(fault.stderr), /\S/);
    }
  }
  return assert.fail(`${field} takes none of them`);
}

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  tag = ward.tags[0];
  const { users } = await daemon.json("device", "show", tag);
  staffNumber = users[0].staffNumber;
  const list = join(temporaryFolder(), "staff.csv");
  writeFileSync(list, `職員番号,氏名\n${staffNumber},"${hurt.replaceAll('"', '""')}"\n`);
  await daemon.kirikae("import", "staff", list, "--apply", "--yes", "--reason", hurt);
  for (const field of ["model", "note", "floor", "site", "os"]) {
    assert.match(await set(field, `${hurt}${turned}${long}`, `${hurt}${long}`, `${hurt}${"W".repeat(60)}`, hurt), /<img/);
  }
  changeSet = (await daemon.json("change", "list")).changeSets[0].name.split("/").at(-1);
  await daemon.kirikae("phase", "hold", "face2025/pilot", "--reason", `${hurt}${long}`);
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

const filter = () => encodeURIComponent(`asset_tag = ${tag}`);

// Where each view shows some of it.
const views = [
  ["/", "#query", async (page) => { await page.fill("#query", tag); await page.waitForSelector(`article[data-tag="${tag}"]`); }],
  ["/today", "[data-row]"],
  [() => `/devices?filter=${filter()}`, "table.list"],
  [() => `/devices/${tag}`, "#history"],
  [() => `/devices/change?filter=${filter()}`, "#what", async (page) => { await page.fill("[data-field=floor] input", hurt); await page.click("form .button.main"); await page.waitForSelector("[data-plan]"); }],
  ["/records", "table.records"],
  [() => `/records/${changeSet}`, "[data-changes]"],
  ["/rollouts", "tbody tr"],
  ["/rollouts/face2025", "[data-gate]"],
  ["/rollouts/face2025/plans/1", "#departments"],
  [() => `/rollouts/face2025/plans/1?explain=${tag}`, "[data-explained]"],
  ["/rollouts/face2025/report", "article.report"],
];

// These show departments and figures alone.
const shownNowhere = new Set(["/rollouts", "/rollouts/face2025/plans/1"]);

for (const [path, ready, act] of views) {
  const address = () => (typeof path === "string" ? path : path());
  test(`hostile texts at ${typeof path === "string" ? path : path.toString().slice(6)}`, async () => {
    const visitor = await Visitor.come(browser, daemon);
    const { page } = visitor;
    try {
      await visitor.signIn(ward.tokens.planner, address());
      await page.waitForSelector(ready);
      await act?.(page);
      assert.equal((await page.textContent("main")).includes("<img src=x"), !shownNowhere.has(new URL(address(), daemon.url).pathname), "whether one of them is shown");
      for (const width of [1320, 400]) {
        await page.setViewportSize({ width, height: 860 });
        assert.equal(await page.locator("main img").count(), 0);
        assert.equal(await page.evaluate(() => window.hurt), undefined);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `wider than ${width}`);
      }
      // Text of people that turns the direction turns no other text: it stands in an element of its own.
      const loose = await page.locator("main").evaluate((main) => {
        const found = [];
        const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const { data, parentElement } = walk.currentNode;
          if (/[\u202a-\u202e\u2066-\u2069]/.test(data) && !parentElement.closest("bdi, textarea, input, option")) found.push(parentElement.outerHTML.slice(0, 160));
        }
        return found;
      });
      assert.deepEqual(loose, []);
      await visitor.expectNothingForbidden();
    } finally {
      await visitor.leave();
    }
  });
}
