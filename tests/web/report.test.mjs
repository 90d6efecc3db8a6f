// The report on the screen and on paper: printed by the browser, read by poppler.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { temporaryFolder } from "./parts/daemon.mjs";
import { startWard } from "./parts/ward.mjs";

let browser, daemon, ward;
const folder = temporaryFolder();
// A4 in points, and the margins at its sides: 14 mm.
const width = 595.3;
const margin = (14 / 25.4) * 72;

before(async () => {
  ({ daemon, ward } = await startWard());
  browser = await startBrowser();
  await daemon.kirikae("mark", "migrated", ...ward.tags.slice(0, 5), "--yes");
  await daemon.kirikae("mark", "failed", ward.tags[5], "--cause", "CAMERA_FAULT", "--yes");
  await daemon.kirikae("phase", "hold", "face2025/pilot", "--reason", "カメラの故障を調べる");
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
});

// The lines of each page of a file, its words with their places, and its text without spaces.
function read(file) {
  const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").filter(Boolean);
  // In the order of the file a cell's lines stand together.
  const text = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }).replace(/\s/g, "");
  const places = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  const words = [...places.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"/g)].map(([, left, right]) => [Number(left), Number(right)]);
  return { pages: pages.map((page) => page.split("\n").map((line) => line.trim()).filter(Boolean)), words, text };
}

// What must hold of every printed report; `headings` are its headings.
function expectPaper({ pages, words }, headings) {
  assert.ok(pages.length >= 3 && pages.length <= 8, `${pages.length} pages`);
  for (const [at, lines] of pages.entries()) {
    assert.equal(lines.at(-1).replace(/\s/g, ""), `${at + 1}/${pages.length}`, "the page's number");
    assert.ok(!headings.includes(lines.at(-2)), `a heading alone at the foot of page ${at + 1}: ${lines.at(-2)}`);
  }
  assert.ok(words.length > 300);
  for (const [left, right] of words) assert.ok(left >= margin - 2 && right <= width - margin + 2, `a word from ${left} to ${right} pt is cut`);
}

for (const [locale, said] of [
  ["ja-JP", ["承認済みの計画", "案のとおり承認", "見通し", "移行判定", "次の作業", "カメラの故障を調べる", "カメラ故障", "試した 6台のうち切替済み 5台"]],
  ["en-GB", ["Approved plan", "案のとおり承認", "Forecast", "Gate decisions", "Next steps", "Proves at least", "5 switched, of 6", "not planned"]],
]) {
  test(`the page's report on A4 in ${locale}`, async () => {
    const visitor = await Visitor.come(browser, daemon, { locale });
    await visitor.signIn(ward.tokens.viewer, "/rollouts/face2025/report");
    const { page } = visitor;
    await page.waitForSelector("article.report svg");
    const headings = (await page.locator("article.report h2").allTextContents()).map((text) => text.trim());
    assert.ok(headings.length >= 9);
    const file = join(folder, `page-${locale}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true });
    const paper = read(file);
    expectPaper(paper, headings);
    for (const words of said) assert.ok(paper.text.includes(words.replace(/\s/g, "")), words);
    assert.ok(!paper.text.includes("kirikaephase"), "a command on paper");
    await visitor.expectNothingForbidden();
    await visitor.leave();
  });
}

test("its figures are the command line's, and its files those of the service", async () => {
  const visitor = await Visitor.come(browser, daemon);
  await visitor.signIn(ward.tokens.viewer, "/rollouts/face2025/report");
  const { page } = visitor;
  await page.waitForSelector("article.report svg");
  const { total, departments } = await daemon.json("rollout", "progress", "face2025");
  assert.deepEqual((await page.locator(".keys dd:first-of-type").allTextContents()).slice(0, 3), [String(total.total), "5 (0.7 %)", "83.3 %"]);
  assert.equal(await page.locator("section[aria-labelledby=by-department] tbody tr").count(), departments.length);
  for (const [word, end, start] of [["HTMLで保存", "html", "<!DOCTYPE html>"], ["Excelで保存", "xlsx", "PK"]]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`text=${word}`)]);
    assert.equal(file.suggestedFilename(), `face2025-report.${end}`);
    assert.ok(readFileSync(await file.path()).toString("latin1").startsWith(start));
  }
  await visitor.expectNothingForbidden();
});

for (const [language, said] of [
  ["ja", ["承認済みの計画", "計画1。", "見通し", "信頼度95%で言える成功率の下限"]],
  ["en", ["Approved plan", "Plan 1, approved by", "Nine of ten by", "of all devices; the success rate counts them of those attempted"]],
]) {
  test(`the service's own report on A4 in ${language}`, async () => {
    const file = join(folder, `service-${language}`);
    await daemon.kirikae("--lang", language, "rollout", "report", "face2025", "--to", `${file}.html`);
    const page = await browser.newPage();
    await page.goto(`file://${file}.html`);
    const headings = (await page.locator("h2").allTextContents()).map((text) => text.trim());
    await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true });
    await page.close();
    const paper = read(`${file}.pdf`);
    expectPaper(paper, headings);
    for (const words of said) assert.ok(paper.text.includes(words.replace(/\s/g, "")), words);
  });
}
