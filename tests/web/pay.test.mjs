// The page on which a bill is paid, as the released program serves it: four languages, a code that another phone reads, and no
// script at all.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

const BOOK = fileURLToPath(new URL("../data/sample-book", import.meta.url));
const PICTURES = fileURLToPath(new URL("../../target/pictures/pay/", import.meta.url));
const PROGRAM = process.env.RASEED;
const LANGUAGES = ["en", "hi", "pa", "bn"];
const skip = !PROGRAM && "set RASEED to the program";

let folder, office, browser, url, account, link, due;
const raseed = (...args) => JSON.parse(execFileSync(PROGRAM, ["--json", ...args], { cwd: folder, encoding: "utf8" }));

before(async () => {
  if (skip) return;
  await mkdir(PICTURES, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "raseed-pay-"));
  raseed("office", "import", BOOK);
  office = spawn(PROGRAM, ["--json", "office", "serve", "--listen", "127.0.0.1:0"], { cwd: folder });
  const [first] = await new Promise((ready) => createInterface(office.stdout).once("line", (line) => ready([JSON.parse(line)])));
  url = `http://${first.listening}`;
  raseed("till", "enrol", raseed("office", "enrol", "SAS07", "--url", url).link);
  raseed("till", "sync");
  raseed("till", "shift");
  account = raseed("till", "find", "BHG-0008")[0].account;
  link = new URL(raseed("till", "statement", account, "--language", "pa").text.match(/https:\S+$/)[0]);
  due = link.pathname.split("/")[3];
  browser = await launch();
});

after(async () => {
  if (skip) return;
  await browser.close();
  office.kill();
  await rm(folder, { recursive: true, force: true });
});

async function open(path, { dark = false, large = false, scripts = true } = {}) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("requestfailed", (request) => troubles.push(request.url()));
  page.on("request", (request) => request.url().startsWith(url) || request.url().startsWith("data:") || troubles.push(request.url()));
  await page.goto(url + path);
  if (large) await page.evaluate(() => (document.documentElement.style.fontSize = "24px"));
  return { context, page, troubles };
}

const inLanguage = (language) => link.pathname.replace(/..$/, language);
const scanned = (picture) => execFileSync("zbarimg", ["-q", "--raw", picture], { encoding: "utf8" }).trim();

test("the button and the code ask for the same, in four languages", { skip }, async () => {
  for (const language of LANGUAGES) {
    const { context, page, troubles } = await open(inLanguage(language));
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    const tapped = new URL(await page.locator("a.pay").getAttribute("href"));
    const picture = `${PICTURES}due-${language}.png`;
    await page.screenshot({ path: picture, fullPage: true });
    const shown = new URL(scanned(picture));
    for (const name of ["pa", "pn", "tr", "am", "cu", "mc"]) {
      assert.equal(shown.searchParams.get(name), tapped.searchParams.get(name), name);
    }
    assert.equal(tapped.protocol, "upi:");
    assert.equal(tapped.searchParams.get("am"), (Number(due) / 100).toFixed(2));
    assert.deepEqual([tapped.searchParams.get("mode"), shown.searchParams.get("mode")], ["04", "22"]);
    assert.deepEqual(troubles, []);
    await context.close();
  }
});

test("a language is one touch away, and it needs no script", { skip }, async () => {
  const { context, page } = await open(link.pathname, { scripts: false });
  for (const language of LANGUAGES) {
    await page.locator(`nav a[lang=${language}]`).click();
    assert.equal(new URL(page.url()).pathname, inLanguage(language));
    assert.equal(await page.locator(`nav a[aria-current]`).getAttribute("lang"), language);
    assert.ok(await page.locator("a.pay").isVisible());
  }
  await context.close();
});

test("another amount, nothing, and no bill: each is said", { skip }, async () => {
  for (const language of LANGUAGES) {
    const changed = await open(inLanguage(language).replace(`/${due}/`, "/4700/"));
    assert.ok((await changed.page.locator(".note").first().textContent()).includes("₹47"));
    await changed.page.screenshot({ path: `${PICTURES}changed-${language}.png`, fullPage: true });
    await changed.context.close();
    const none = await open(`/P/NOBODY-1/4700/${language}`);
    assert.equal(await none.page.locator("a.pay").count(), 0);
    await none.page.screenshot({ path: `${PICTURES}none-${language}.png`, fullPage: true });
    await none.context.close();
  }
  const anything = await open("/P/NOBODY-1/4700/xx");
  assert.equal(await anything.page.locator(".refused").count(), 4);
  await anything.page.screenshot({ path: `${PICTURES}none-all.png`, fullPage: true });
  await anything.context.close();
});

test("it fits 360 pixels at a large font, by day and by night", { skip }, async () => {
  for (const language of LANGUAGES) {
    for (const dark of [false, true]) {
      const { context, page } = await open(inLanguage(language), { dark, large: true });
      const picture = `${PICTURES}large-${language}-${dark ? "night" : "day"}.png`;
      await page.screenshot({ path: picture, fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${language}: ${wide} pixels too wide`);
      assert.ok(scanned(picture).startsWith("upi://pay?"), "the code is read by night too");
      await context.close();
    }
  }
});

test("once it is paid there is no button", { skip }, async () => {
  raseed("till", "collect", account, "all");
  raseed("till", "sync");
  for (const language of LANGUAGES) {
    const { context, page } = await open(inLanguage(language));
    assert.deepEqual([await page.locator("a.pay").count(), await page.locator("#verdict.green").count()], [0, 1]);
    await page.screenshot({ path: `${PICTURES}paid-${language}.png`, fullPage: true });
    await context.close();
  }
});
