// The whole way with the released program: a till gives a receipt, the head office serves the page, a phone opens the link.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { launch, shown } from "./chromium.mjs";

const BOOK = fileURLToPath(new URL("../data/sample-book", import.meta.url));
const PICTURE = fileURLToPath(new URL("../../target/pictures/verify/whole.png", import.meta.url));
const PROGRAM = process.env.RASEED;

test("a receipt of a real till is proven by the page of a real head office", { skip: !PROGRAM && "set RASEED to the program" }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "raseed-web-"));
  const raseed = (...args) => JSON.parse(execFileSync(PROGRAM, ["--json", ...args], { cwd: folder, encoding: "utf8" }));
  raseed("office", "import", BOOK);
  const office = spawn(PROGRAM, ["--json", "office", "serve", "--listen", "127.0.0.1:0"], { cwd: folder });
  const [first] = await new Promise((ready) => createInterface(office.stdout).once("line", (line) => ready([JSON.parse(line)])));
  const url = `http://${first.listening}`;
  const browser = await launch();
  try {
    raseed("till", "enrol", raseed("office", "enrol", "SAS07", "--url", url).link);
    raseed("till", "sync");
    raseed("till", "shift");
    const [found] = raseed("till", "find", "BHG-0008");
    const given = raseed("till", "collect", found.account, "all");
    const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 })).newPage();
    const troubles = [];
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    const address = `${url}/V#${given.link.split("/V#")[1]}`;
    await page.goto(address);
    const seen = await shown(page);
    assert.deepEqual([seen.colour, seen.amount], ["green", given.amount]);
    for (const text of [given.receipt, given.account, "SASWATER"]) assert.ok(seen.receipt.includes(text), text);
    assert.ok(!seen.receipt.includes("Head "), "the office names its own heads");
    await page.screenshot({ path: PICTURE, fullPage: true });
    const root = raseed("office", "key").root_key;
    assert.equal(raseed("verify", given.link, "--root-key", root).genuine, true);

    await page.evaluate(() => navigator.serviceWorker.ready);
    office.kill();
    await new Promise((gone) => office.once("exit", gone));
    await page.goto("about:blank");
    await page.goto(address);
    assert.equal((await shown(page)).colour, "green", "with the office gone");
    assert.deepEqual(troubles, []);
  } finally {
    await browser.close();
    office.kill();
    await rm(folder, { recursive: true, force: true });
  }
});
