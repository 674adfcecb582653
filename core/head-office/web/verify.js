// The page: reads what stands after # in its own address, has it proven, and shows the verdict.
// It must never send anything about a receipt, and never be green before receipt.js has said so.

import { amount, grouped, months, time } from "./people.js";
import { CannotCheck, Refused, verify } from "./receipt.js";
import { LANGUAGES, WORDS, preferredLanguage } from "./words.js";

const page = Object.fromEntries(
  ["root-key", "tenant", "name", "heads"].map((key) => [key, document.querySelector(`meta[name=raseed-${key}]`).content]),
);
const HEADS = readHeads(page.heads);
const TICK = "M8 26 L20 38 L42 12";
const CROSS = "M12 12 L38 38 M38 12 L12 38";

let language = preferredLanguage(remembered(), navigator.languages ?? []);
let outcome = { kind: "checking" };

showLanguages();
window.addEventListener("hashchange", check);
check();
keepForLater();

// ---- the verdict

async function check() {
  const link = location.href;
  show({ kind: "checking" });
  const found = await judge(link);
  if (link === location.href) show(found);
}

async function judge(link) {
  if (!location.hash || location.hash === "#") return { kind: "scan" };
  try {
    // The page's own address proves nothing; only what stands after the mark does.
    return { kind: "genuine", receipt: await verify(`https://x/V${location.hash}`, page["root-key"]) };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", refusal: error.kind, rule: error.message };
    if (error instanceof CannotCheck) return { kind: "cannot", rule: error.message };
    return { kind: "cannot", rule: String(error.message) };
  }
}

// ---- showing it

function show(found) {
  outcome = found;
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  document.getElementById("private").textContent = words.private;
  const receipt = document.getElementById("receipt");
  receipt.hidden = found.kind !== "genuine";
  receipt.replaceChildren(...(found.kind === "genuine" ? receiptParts(found.receipt, words) : []));
  const verdict = document.getElementById("verdict");
  const [colour, parts] = verdictParts(found, words);
  verdict.className = colour;
  verdict.replaceChildren(...parts);
}

function verdictParts(found, words) {
  if (found.kind === "genuine") {
    const text = amount(found.receipt.amount);
    const size = text.length > 15 ? "longest" : text.length > 12 ? "long" : "";
    const sum = element("p", { class: `amount ${size}` }, text);
    return ["green", [drawn(TICK), element("h1", {}, words.genuine), sum]];
  }
  if (found.kind === "refused") {
    const titles = { "not-a-link": words.unreadable, damaged: words.unreadable, "not-a-receipt": words.notAReceipt };
    const title = element("h1", {}, titles[found.refusal] ?? words.forged);
    return ["red", [drawn(CROSS), title, ...reason(found.refusal, found, words)]];
  }
  const title = element("h1", {}, { cannot: words.cannotCheck, scan: words.scan }[found.kind] ?? words.checking);
  const icon = element("p", { class: "icon", "aria-hidden": "true" }, { cannot: "!", scan: "?" }[found.kind] ?? "…");
  return ["amber", [icon, title, ...reason(found.kind, found, words)]];
}

function reason(key, found, words) {
  const why = words.why[key] ? [element("p", { class: "why" }, words.why[key])] : [];
  if (found.kind !== "refused") return why;
  return [...why, element("p", { class: "rule" }, `${words.rule}: `, element("span", { lang: "en" }, found.rule))];
}

function receiptParts(receipt, words) {
  const office = receipt.tenant === page.tenant && page.name ? `${page.name} (${receipt.tenant})` : receipt.tenant;
  const rows = [
    [words.number, receipt.number],
    [words.date, time(receipt.wall, words.monthNames)],
    [words.account, receipt.account],
    [words.bill, receipt.bill],
    [words.months, receipt.periods && months(receipt.periods, words.monthNames)],
    [words.heads, headRows(receipt.split, words)],
    [words.mode, words.modes[receipt.mode]],
    [words.reference, receipt.reference],
    [words.till, words.count(grouped(receipt.receipts), receipt.till)],
    [words.tenant, office],
  ];
  const list = element("dl", {});
  for (const [name, value] of rows.filter(([, value]) => value)) {
    list.append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  }
  return receipt.subject ? [element("p", { class: "note" }, words.subject), list] : [list];
}

function headRows(split, words) {
  const rows = split.map(([head, part]) => {
    const name = words.head[head] ?? HEADS[head] ?? `${words.otherHead} ${head}`;
    return element("div", { class: "head" }, element("span", {}, name), element("span", {}, amount(part)));
  });
  return element("div", {}, ...rows);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function drawn(path) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 50 50");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return element("p", { class: "icon", "aria-hidden": "true" }, svg);
}

/** The office's own heads: numbers to names, from the page. */
function readHeads(text) {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(text)).map(([head, name]) => [head, String(name)]));
  } catch {
    return {};
  }
}

// ---- languages

function showLanguages() {
  const buttons = Object.entries(LANGUAGES).map(([tag, name]) => {
    const button = element("button", { type: "button", lang: tag, "aria-pressed": String(tag === language) }, name);
    button.addEventListener("click", () => choose(tag));
    return button;
  });
  document.getElementById("languages").replaceChildren(...buttons);
}

function choose(tag) {
  language = tag;
  try {
    localStorage.setItem("language", tag);
  } catch {
    // A browser that keeps nothing still shows the language.
  }
  showLanguages();
  show(outcome);
}

function remembered() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

// ---- with no network

function keepForLater() {
  navigator.serviceWorker?.register("/V/worker.js", { scope: "/V" }).catch(() => {
    // Without it the page needs the network to open, and still none to check.
  });
}
