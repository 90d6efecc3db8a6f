// A real browser; each page of it is watched for what must never happen.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The headless shell is the same engine without a window's parts, and takes half the time.
const browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** Starts the browser. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.KIRIKAE_CHROME ?? browsers.find((path) => existsSync(path)),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A visitor: a browser's profile of its own, and a page in it. */
export class Visitor {
  static async come(browser, daemon, options = {}) {
    const visitor = new Visitor();
    visitor.daemon = daemon;
    visitor.outside = [];
    visitor.faults = [];
    visitor.context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo", viewport: { width: 1320, height: 860 }, ...options });
    visitor.context.on("request", (request) => {
      if (!request.url().startsWith(`${daemon.url}/`)) visitor.outside.push(request.url());
    });
    await visitor.context.addInitScript(() => {
      window.shifts = [];
      window.reports = [];
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts.push(shift.value);
      }).observe({ type: "layout-shift", buffered: true });
      document.addEventListener("securitypolicyviolation", (event) => window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    visitor.page = await visitor.newPage();
    return visitor;
  }

  async newPage() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) this.faults.push(message.text());
    });
    return page;
  }

  /** Signs in with a token at an address of the page. */
  async signIn(token, path = "/") {
    await this.page.goto(this.daemon.url + path);
    await this.page.fill("#token", token);
    await this.page.press("#token", "Enter");
    await this.page.waitForSelector("nav.navigation");
  }

  /** Sums the layout shifts that no input caused. */
  async shift() {
    return this.page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0));
  }

  /** Fails where the page has asked outside, broken its policy or thrown. */
  async expectNothingForbidden() {
    assert.deepEqual(this.outside, [], "requests to outside");
    assert.deepEqual(await this.page.evaluate(() => window.reports), [], "reports of the content security policy");
    assert.deepEqual(this.faults, [], "errors on the page");
  }

  /** Fails on a violation that axe-core finds, by WCAG 2.2 AA and its best practices. */
  async expectAccessible(about = "") {
    // Through the debugger: the page's policy forbids other scripts.
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`);
    assert.deepEqual(found, [], about);
  }

  async leave() {
    await this.context.close();
  }
}
