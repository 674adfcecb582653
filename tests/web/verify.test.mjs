// The receipt page, in Chromium: every vector, four languages, no network, and a browser that cannot check.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, settled, shown } from "./chromium.mjs";
import { receiptCases, site } from "./site.mjs";
import { LANGUAGES, WORDS } from "../../core/head-office/web/words.js";

const PICTURES = fileURLToPath(new URL("../../target/pictures/verify/", import.meta.url));
const cases = await receiptCases();
const usual = cases[0];
const named = (name) => cases.find((one) => one.name === name);
const filled = {
  root_key: usual.root_key,
  tenant: "SASWATER",
  name: "SAS Nagar Rural Water",
  heads: JSON.stringify({ 10: "Water charge", 11: "Sewerage" }),
};

let browser;
let office;
before(async () => {
  await mkdir(PICTURES, { recursive: true });
  office = await site(filled);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await office.stop();
});

/** A page in a browser of its own, and everything that goes wrong in it. */
async function open({ url = office.url, language = "en", width = 360, prepare, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 740 },
    deviceScaleFactor: 2,
    locale: language,
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  if (prepare) await page.addInitScript(prepare);
  return { context, page, troubles, base: `${url}/V` };
}

const fragment = (one) => one.text.trim().slice(one.text.trim().indexOf("/V#") + 2);

test("every language has every word", () => {
  const shape = (words) => JSON.stringify(words, (_, value) => (typeof value === "object" ? value : typeof value));
  for (const words of Object.values(WORDS)) assert.equal(shape(words), shape(WORDS.en));
  assert.deepEqual(Object.keys(WORDS), Object.keys(LANGUAGES));
});

test("every genuine receipt is green with its amount, every other link is red", async () => {
  const { context, page, troubles, base } = await open();
  const usualRoot = cases.filter((one) => one.root_key === filled.root_key && one.text.includes("/V#"))
    // A browser takes line ends out of an address before anybody sees it.
    .filter((one) => !fragment(one).includes("\n"));
  assert.ok(usualRoot.length > 200);
  await page.goto(base);
  for (const one of usualRoot) {
    // Empty first, so that the verdict that is read next is this one's.
    await page.evaluate(() => (location.hash = ""));
    await page.waitForFunction((scan) => document.querySelector("h1").textContent === scan, WORDS.en.scan);
    if (fragment(one) === "#") continue;
    await page.evaluate((hash) => (location.hash = hash), fragment(one));
    await page.waitForFunction((scan) => document.querySelector("h1").textContent !== scan, WORDS.en.scan);
    const found = await shown(page);
    // Only what stands after the mark reaches the page: a bad scheme or host is nothing to it.
    const genuine = one.valid || (one.error === "not-a-link" && fragment(one) === fragment(usual));
    assert.equal(found.colour, genuine ? "green" : "red", one.name);
    if (!one.valid) continue;
    assert.equal(found.amount, one.receipt.amount, one.name);
    for (const text of [one.receipt.number, one.receipt.account, one.receipt.wall, one.receipt.bill ?? ""]) {
      assert.ok(found.receipt.includes(text), `${one.name}: ${text} in ${found.receipt}`);
    }
  }
  assert.deepEqual(troubles, []);
  await context.close();
});

test("every text has its own refusal", async () => {
  const { context, page, base } = await open();
  await page.goto(base);
  const judge = ([text, root]) =>
    import("/V/receipt.js").then(({ verify }) => verify(text, root)).then(() => "genuine", (error) => error.kind ?? String(error));
  for (const one of cases) {
    const found = await page.evaluate(judge, [one.text, one.root_key]);
    assert.equal(found === "expired" ? "stranger" : found, one.valid ? "genuine" : one.error, one.name);
  }
  await context.close();
});

test("another office's page does not know the receipt", async () => {
  const other = await site({ ...filled, root_key: named("another root").root_key });
  const { context, page, base } = await open({ url: other.url });
  await page.goto(base + fragment(usual));
  assert.equal((await shown(page)).colour, "red");
  await context.close();
  await other.stop();
});

test("once loaded it needs no network, and what follows # is never sent", async () => {
  const own = await site(filled);
  const { context, page, base } = await open({ url: own.url });
  await page.goto(base + fragment(usual));
  await settled(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await own.stop();
  await page.goto("about:blank");
  await page.goto(base + fragment(named("UPI, subject to realisation")));
  assert.equal((await shown(page)).colour, "green");
  await page.goto(base + fragment(named("the amount changed")));
  await page.reload();
  assert.equal((await shown(page)).colour, "red");
  assert.ok(own.asked.every((path) => path.length < 30), own.asked.join(" "));
  await context.close();
});

const WITHOUT_ED25519 = () => {
  const { importKey } = crypto.subtle;
  crypto.subtle.importKey = (format, bytes, algorithm, ...rest) =>
    algorithm.name === "Ed25519"
      ? Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"))
      : importKey.call(crypto.subtle, format, bytes, algorithm, ...rest);
};

test("a browser that cannot check says so, and is never green", async () => {
  const noCrypto = () => Object.defineProperty(crypto, "subtle", { value: undefined });
  for (const prepare of [WITHOUT_ED25519, noCrypto]) {
    const { context, page, base } = await open({ prepare });
    for (const name of [usual.name, "the amount changed"]) {
      await page.goto(base + fragment(named(name)));
      const found = await shown(page);
      assert.deepEqual([found.colour, found.amount], ["amber", null], name);
      await page.goto("about:blank");
    }
    await context.close();
  }
});

test("without the office's key it is amber, and with no script too", async () => {
  const keyless = await site({ ...filled, root_key: "" });
  const { context, page, base } = await open({ url: keyless.url });
  await page.goto(base + fragment(usual));
  assert.equal((await shown(page)).colour, "amber");
  await context.close();
  const silent = await browser.newContext({ javaScriptEnabled: false });
  const still = await silent.newPage();
  await still.goto(`${keyless.url}/V${fragment(usual)}`);
  assert.equal(await still.locator("#verdict").getAttribute("class"), "amber");
  await silent.close();
  await keyless.stop();
});

test("it fits 360 pixels at a large font, by day and by night", async () => {
  const many = named("sixteen heads and the longest names");
  for (const [name, one, dark] of [["day", many, false], ["night", many, true], ["largest", named("the largest amount"), false]]) {
    const { context, page, base } = await open({ dark });
    await page.goto(base + fragment(one));
    await settled(page);
    await page.evaluate(() => (document.documentElement.style.fontSize = "24px"));
    const overflow = await page.evaluate(() => {
      const [sum, verdict] = [document.querySelector(".amount"), document.getElementById("verdict")];
      return Math.max(document.documentElement.scrollWidth - innerWidth, sum.scrollWidth - verdict.clientWidth);
    });
    assert.ok(overflow <= 0, `${name}: ${overflow} pixels too wide`);
    await page.screenshot({ path: `${PICTURES}large-font-${name}.png`, fullPage: true });
    await context.close();
  }
});

test("pictures in four languages", async () => {
  const pictures = {
    genuine: [named("UPI, subject to realisation"), undefined],
    cash: [usual, undefined],
    forged: [named("the amount changed"), undefined],
    amber: [usual, WITHOUT_ED25519],
  };
  for (const language of Object.keys(WORDS)) {
    for (const [name, [one, prepare]] of Object.entries(pictures)) {
      const { context, page, base } = await open({ language, prepare });
      await page.goto(base + fragment(one));
      await settled(page);
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      await page.screenshot({ path: `${PICTURES}${name}-${language}.png`, fullPage: true });
      await context.close();
    }
  }
});
