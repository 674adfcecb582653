// Chromium for the tests, and what the page shows in it.

import { chromium } from "playwright-core";

/** A browser that asks for nothing by itself. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
      ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ),
  });
}

/** Waits until the page has come to a verdict. */
export function settled(page) {
  const checking = /Checking|जाँच हो|ਜਾਂਚ ਹੋ|যাচাই হ/;
  return page.waitForFunction((words) => !new RegExp(words).test(document.querySelector("h1").textContent), checking.source);
}

/** The verdict: its colour, the amount, what the receipt says. */
export async function shown(page) {
  await settled(page);
  return page.evaluate(() => ({
    colour: document.getElementById("verdict").className,
    amount: document.querySelector(".amount")?.textContent ?? null,
    receipt: document.getElementById("receipt").innerText,
  }));
}
