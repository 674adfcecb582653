// Gives out the receipt page on this machine alone, with the headers that the head office gives it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const WEB = new URL("../../core/head-office/web/", import.meta.url);
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" };
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; worker-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

/** Starts it; `filled` are the words that the office puts into the page. */
export async function site(filled) {
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    const path = new URL(request.url, "http://x").pathname;
    const file = path === "/V" ? "verify.html" : path.replace(/^\/V\//, "");
    if (!/^[a-z]+\.(html|js|css)$/.test(file)) return response.writeHead(404).end();
    const headers = {
      "content-type": TYPES[file.split(".")[1]],
      "content-security-policy": file === "worker.js" ? WORKER_POLICY : PAGE_POLICY,
      "service-worker-allowed": "/V",
      "cache-control": "no-cache",
    };
    response.writeHead(200, headers).end(fill(await readFile(new URL(file, WEB), "utf8"), file, filled));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((stopped) => server.close(stopped));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop };
}

function fill(text, file, filled) {
  if (file !== "verify.html") return text;
  const escape = (value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => escape(filled[name]));
}

/** The cases of all receipt files. */
export async function receiptCases() {
  const files = ["valid", "forged", "encoding", "content", "text"];
  const read = async (name) => {
    const path = fileURLToPath(new URL(`../vectors/receipts/${name}.json`, import.meta.url));
    return JSON.parse(await readFile(path, "utf8")).cases;
  };
  return (await Promise.all(files.map(read))).flat();
}
