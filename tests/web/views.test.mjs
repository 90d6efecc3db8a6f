// Every view, in both languages and both themes: no violation that axe-core finds, nothing wider than the screen, and a picture.
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { build, source } from "./parts/daemon.mjs";
import { startWard } from "./parts/ward.mjs";

// A view: who looks at it, where, and what it waits for. A view that needs more says what to do before the picture.
const views = [
  { name: "sign-in", path: "/sign-in", ready: "#token" },
  { name: "look-up-first", role: "viewer", path: "/", ready: "#first-visit" },
  { name: "look-up", role: "viewer", path: "/", ready: "#query", act: (page) => page.fill("#query", "ワタナベ"), then: "article[data-tag]" },
  { name: "today", role: "operator", path: "/today", ready: "[data-row]", act: (page, { tags }) => markOne(page, tags), then: "[data-standing=done], [data-standing=same]" },
  { name: "today-read", role: "viewer", path: "/today", ready: "[data-row]" },
  { name: "devices", role: "operator", path: `/devices?filter=${encodeURIComponent('department : 総務部 AND kind = STAFF_DEVICE')}`, ready: "table.list" },
  { name: "devices-none", role: "viewer", path: "/devices?filter=site%20%3D%20nowhere", ready: "[data-count='0']" },
  { name: "device", role: "operator", path: "/devices/TSM-00001", ready: "#history", then: "table.history" },
  {
    name: "device-edit", role: "planner", path: "/devices/TSM-00002", ready: "article[data-tag]", then: "[data-changes]",
    act: async (page) => {
      await page.click("article .button.main");
      await page.fill("[data-field=floor] input", "8階");
      await page.click("form .button.main");
    },
  },
  {
    name: "devices-change", role: "planner", path: `/devices/change?filter=${encodeURIComponent('department : 総務部 AND floor = "6階"')}`, ready: "#what", then: "[data-plan]",
    act: async (page) => {
      await page.fill("[data-field=floor] input", "7階");
      await page.click("form .button.main");
    },
  },
  { name: "import", role: "planner", path: "/devices/import", ready: "#file" },
  { name: "import-rows", role: "planner", path: "/devices/import", ready: "#file", act: previewMessyFile, then: "table.rows" },
  { name: "records", role: "planner", path: "/records", ready: "table.records" },
  { name: "change-set", role: "auditor", path: "/records/6", ready: "[data-changes]" },
  { name: "proof", role: "auditor", path: "/records/proof", ready: "form", act: (page) => page.click("form button[type=submit]"), then: "[data-intact]" },
  { name: "tokens", role: "admin", path: "/records/tokens", ready: "[data-row]" },
  { name: "rollouts", role: "viewer", path: "/rollouts", ready: "tbody tr" },
  { name: "rollout", role: "approver", path: "/rollouts/face2025", ready: "[data-gate]" },
  { name: "rollout-wave", role: "operator", path: "/rollouts/face2025", ready: "[data-gate]", act: (page, { day }) => page.click(`button[data-day="${day}"]`), then: "[data-wave-day]" },
  { name: "rollout-hold", role: "planner", path: "/rollouts/face2025", ready: "[data-gate]", act: (page) => page.click("[data-gate] button"), then: "dialog[open]" },
  { name: "plans", role: "viewer", path: "/rollouts/face2025/plans", ready: "[data-plan]" },
  { name: "plan", role: "planner", path: "/rollouts/face2025/plans/1", ready: "#departments" },
  { name: "plan-rows", role: "viewer", path: "/rollouts/face2025/plans/1?show=blocked&code=NO_CAMERA&explain=TSM-00001", ready: "[data-rows]", then: "[data-explained]" },
  { name: "readiness", role: "viewer", path: "/rollouts/face2025/readiness", ready: "[data-needs]" },
  { name: "report", role: "viewer", path: "/rollouts/face2025/report", ready: "article.report svg" },
  { name: "nowhere", path: "/sign-in/nowhere", ready: "h1" },
];

// A tag that a spreadsheet made a day, an unknown kind, a day that is none, and a change.
async function previewMessyFile(page, { tags }) {
  const rows = [`${tags[9]},職員端末,12階,2025/3/1`, "2025/4/1,職員端末,3階,", "TSM-90001,ふしぎな端末,3階,2月30日", "TSM-90002,職員端末,3階,"];
  await page.setInputFiles("#file", { name: "端末一覧.csv", mimeType: "text/csv", buffer: Buffer.from(`資産管理番号,端末区分,階,最終棚卸日\n${rows.join("\n")}\n`) });
  await page.click("form button[type=submit]");
}

let marked = 0;

async function markOne(page, tags) {
  await page.fill("#tag", tags[marked++]);
  await page.press("#tag", "Enter");
}

const pictures = join(build, "tests/web/pictures");
// Pictures take as long as all else, so they are taken on demand.
const keeps = Boolean(process.env.KIRIKAE_KEEP_PICTURES);
let browser, daemon, ward;

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  mkdirSync(pictures, { recursive: true });
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
  if (keeps) {
    for (const { name } of views) cpSync(join(pictures, `${name}.png`), join(source, "tests/e2e/pictures", `${name}.png`));
  }
});

for (const { name, role, path, ready, act, then } of views) {
  for (const locale of ["ja-JP", "en-GB"]) {
    test(`${name} in ${locale}`, async () => {
      const visitor = await Visitor.come(browser, daemon, { locale });
      const { page } = visitor;
      try {
        if (role === undefined) await page.goto(daemon.url + path);
        else await visitor.signIn(role === "admin" ? daemon.adminToken : ward.tokens[role], path);
        await page.waitForSelector(ready);
        await act?.(page, ward);
        if (then) await page.waitForSelector(then);
        assert.equal(await page.getAttribute("html", "lang"), locale.slice(0, 2));
        assert.match(await page.title(), / \| Kirikae 切替$/);
        for (const [colorScheme, width] of [["light", 1320], ["dark", 1320], ["light", 400], ["dark", 400]]) {
          // A colour on its way from one theme to the other has no contrast to be measured.
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: 860 });
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `wider than ${width}`);
          // Contrasts go by the theme, and what is hidden by the width: two of the four show both.
          if ((colorScheme === "light") === (width === 1320)) await visitor.expectAccessible(`${name} ${locale} ${colorScheme} ${width}`);
          if (keeps && (locale === "ja-JP" || colorScheme === "light")) {
            await page.screenshot({ path: join(pictures, `${name}-${locale.slice(0, 2)}-${colorScheme}-${width}.png`), fullPage: true, animations: "disabled" });
          }
        }
        if (keeps && locale === "ja-JP") {
          await page.emulateMedia({ colorScheme: "light" });
          await page.setViewportSize({ width: 1320, height: 860 });
          await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
        }
        // As at 200 % zoom of a 1,320 px screen, and with colours of the system's own.
        await page.setViewportSize({ width: 660, height: 430 });
        await page.emulateMedia({ forcedColors: "active" });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "wider than 660");
        // What is pressed is large enough for a finger.
        const small = await page.locator("button:visible, nav a:visible, [role=option]:visible, input:not([type=checkbox]):visible, label:has(input[type=checkbox]):visible, select:visible").evaluateAll((all) =>
          all.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 120)));
        assert.deepEqual(small, [], "targets under 44 px");
        await visitor.expectNothingForbidden();
      } finally {
        await visitor.leave();
      }
    });
  }
}
