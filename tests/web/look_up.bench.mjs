// look_up.bench.mjs: how long after the last key the card is there, with a processor slowed four times. Prints; judges nothing.
//   DEVICES=100000 tests/web/run --plain look_up.bench.mjs
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Visitor, startBrowser } from "./parts/browser.mjs";
import { Daemon, temporaryFolder } from "./parts/daemon.mjs";

const devices = Number(process.env.DEVICES ?? 100_000);
const rounds = Number(process.env.ROUNDS ?? 100);
// Between two keys, milliseconds: a quick typist's.
const keyTime = 120;
const folder = temporaryFolder();

// A ward by number: names are of common families, so that many share one.
const families = [["渡辺", "ワタナベ"], ["佐藤", "サトウ"], ["鈴木", "スズキ"], ["高橋", "タカハシ"], ["田中", "タナカ"], ["伊藤", "イトウ"]];
const tagOf = (n) => `TSM-${String(n).padStart(6, "0")}`;
const lines = ["資産管理番号,ホスト名,シリアル番号,機種,設置場所,階,部,課,端末区分,ネットワーク区分,使用者職員番号,使用者氏名,使用者カナ,カメラ,認証方式"];
for (let n = 1; n <= devices; ++n) {
  const [name, kana] = families[n % families.length];
  lines.push(`${tagOf(n)},PC${n},SN${n}X,Latitude 5340,本庁舎,${(n % 9) + 1}階,${n % 20}部,${n % 7}課,職員端末,LGWAN系,${String(n).padStart(7, "0")},${name} ${n},${kana},内蔵,ICカード＋パスワード`);
}
const file = join(folder, "devices.csv");
writeFileSync(file, lines.join("\n"));

const daemon = await Daemon.start(join(folder, "state"), "2025-04-07T09:00:00+09:00");
const begin = Date.now();
await daemon.kirikae("import", "devices", file, "--apply", "--yes");
console.log(`${devices} devices imported in ${Math.round((Date.now() - begin) / 1000)} s`);
const browser = await startBrowser();
const visitor = await Visitor.come(browser, daemon);
await visitor.signIn(await daemon.token("viewer"));
const { page } = visitor;
const cdp = await visitor.context.newCDPSession(page);
await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });

// From the event of the last key until the frame with the card has been painted. Nothing is polled, which would take the
// slowed processor's time.
await page.evaluate(() => {
  window.until = (wanted) => new Promise((resolve) => {
    const isThere = () => {
      const tag = document.querySelector("article[data-tag]")?.dataset.tag;
      return wanted === null ? tag !== undefined : tag === wanted;
    };
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - window.pressed)));
    });
    observer.observe(document.getElementById("page"), { subtree: true, childList: true, attributes: true });
  });
  document.addEventListener("input", (event) => (window.pressed = event.timeStamp), true);
});

async function measure(name, texts) {
  const times = [];
  for (const [text, tag] of texts) {
    await page.fill("#query", "");
    await page.waitForSelector("article[data-tag]", { state: "detached" });
    for (const key of text.slice(0, -1)) {
      await page.keyboard.type(key);
      await page.waitForTimeout(keyTime);
    }
    await page.evaluate((wanted) => void (window.shown = window.until(wanted)), tag);
    await page.keyboard.type(text.slice(-1));
    times.push(await page.evaluate(() => window.shown));
  }
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(`${name}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms of ${times.length}`);
}

const numbers = Array.from({ length: rounds }, (_, n) => 1 + ((n * 7919) % devices));
await measure("a whole tag", numbers.map((n) => [tagOf(n), tagOf(n)]));
await measure("last five digits", numbers.map((n) => [tagOf(n).slice(-5), tagOf(n)]));
await browser.close();
await daemon.stop();
