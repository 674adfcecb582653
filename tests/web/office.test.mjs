// The whole way of a receipt: a real office, a real till that takes money, and the page that the office itself serves.
// It needs the released program, named in $RASEED (tests/check.sh browser does so), and is passed over without it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, settled, shown } from "./chromium.mjs";

const RASEED = process.env.RASEED;
const BOOK = fileURLToPath(new URL("../data/sample-book", import.meta.url));
const ACCOUNT = "BHG-0002";

test("a receipt of a real till is genuine on the page of its real office", { skip: !RASEED && "RASEED names no program" }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "raseed-web-"));
  const office = (...words) => answer("office", folder, words);
  const till = (...words) => answer("till", folder, words);
  office("import", BOOK);
  const server = spawn(RASEED, ["office", "--data", join(folder, "office"), "--json", "serve", "--listen", "127.0.0.1:0"]);
  const browser = await launch();
  try {
    const url = `http://${await listening(server)}`;
    till("enrol", office("enrol", "SAS07", "--url", url).link);
    till("sync");
    till("shift");
    const receipt = till("collect", ACCOUNT, "all");
    const context = await browser.newContext({ locale: "en", viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const troubles = [];
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    const fragment = receipt.link.slice(receipt.link.indexOf("#"));

    await page.goto(`${url}/V${fragment}`);
    let found = await shown(page);
    assert.deepEqual([found.colour, found.amount], ["green", receipt.amount]);
    for (const text of [receipt.receipt, ACCOUNT, receipt.bill, "SASWATER"]) assert.ok(found.receipt.includes(text), text);
    assert.ok(!found.receipt.includes("Head "), "the office names its own heads");

    await page.evaluate(() => navigator.serviceWorker.ready);
    server.kill("SIGTERM");
    await new Promise((gone) => server.once("exit", gone));
    await page.goto("about:blank");
    await page.goto(`${url}/V${fragment}`);
    await settled(page);
    found = await shown(page);
    assert.deepEqual([found.colour, found.amount], ["green", receipt.amount], "with the office gone");
    assert.deepEqual(troubles, []);
  } finally {
    await browser.close();
    server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});

/** Runs the program to its end and reads the one line that it answers. */
function answer(part, folder, words) {
  return JSON.parse(execFileSync(RASEED, [part, "--data", join(folder, part), "--json", ...words], { encoding: "utf8" }));
}

/** Where the server says that it answers. */
async function listening(server) {
  for await (const line of createInterface({ input: server.stdout })) return JSON.parse(line).listening;
  throw new Error("the office did not begin to serve");
}
