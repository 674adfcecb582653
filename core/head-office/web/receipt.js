// Proves a receipt from the text of its QR code and the head office's root key: schemas/receipt-link.md, step by step.
// It must never say "genuine" without a signature that the browser's own cryptography has accepted.

import { byteString, decode, decodeParts } from "./cbor.js";

const MOST = 10n ** 13n;
const U64 = 2n ** 64n - 1n;
const LAST_MS = 7_258_118_400_000n;
const ASCII = new TextEncoder();
const MODES = [null, "cash", "upi", "card", "cheque"];

/** A refusal: which of the five, and the rule that is broken, in English. */
export class Refused extends Error {
  constructor(kind, why) {
    super(why);
    this.kind = kind;
  }
}

/** This browser cannot check signatures: nothing is known about the receipt. */
export class CannotCheck extends Error {}

/** The receipt in a link, proven; otherwise `Refused` or `CannotCheck`. */
export async function verify(link, rootKey) {
  const root = await importKey(readRootKey(rootKey));
  const [certificates, signed] = unpack(link);
  const till = await inStep("stranger", () => verifyChain(certificates, root));
  const made = await inStep("forged", () => readEntry(signed, till.key));
  const second = made.wall / 1000n;
  if (second < till.from || second > till.to) throw new Refused("expired", "the till's certificate was not valid then");
  if (!till.till) throw new Refused("stranger", "the certificate is not a till's");
  if (made.kind !== 6n) throw new Refused("not-a-receipt", `kind ${made.kind} takes no money`);
  return { tenant: till.tenant, number: `${till.till}-${till.incarnation}-${made.sequence}`, ...made, ...till.names };
}

/** Whatever goes wrong in a step is that step's refusal, except that this browser cannot check. */
async function inStep(kind, step) {
  try {
    return await step();
  } catch (error) {
    if (error instanceof CannotCheck || error instanceof Refused) throw error;
    throw new Refused(kind, error.message);
  }
}

function need(truth, why) {
  if (!truth) throw new Error(why);
}

// ---- the text

function unpack(link) {
  const text = link.trim();
  const mark = text.indexOf("/V#");
  if (text.slice(0, 8).toLowerCase() !== "https://" || mark < 0) throw new Refused("not-a-link", "not a receipt's link");
  try {
    const bytes = base32(text.slice(mark + 3));
    need(bytes.length <= 2048, "longer than a receipt can be");
    const whole = decode(bytes);
    need(Array.isArray(whole) && whole.length === 2 && Array.isArray(whole[0]), "not a certificate and an entry");
    need(whole[0].length <= 3, "more than three certificates");
    const [certificates, entry] = decodeParts(bytes, 1);
    return [decodeParts(certificates, 1), entry];
  } catch (error) {
    throw new Refused("damaged", error.message);
  }
}

/** RFC 4648 section 6: capitals, no padding, unused bits zero. */
export function base32(letters) {
  need(letters.length <= 4000 && /^[A-Z2-7]*$/.test(letters), "letters that Base32 does not have");
  need(![1, 3, 6].includes(letters.length % 8), "a length that Base32 does not have");
  const bytes = [];
  let [bits, held] = [0, 0];
  for (const letter of letters) {
    bits = (bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push(bits >> held);
      bits &= (1 << held) - 1;
    }
  }
  need(bits === 0, "unused bits that are not zero");
  return Uint8Array.from(bytes);
}

// ---- signed messages

function readRootKey(text) {
  if (!/^[A-Z2-7]{52}$/.test(text)) throw new CannotCheck("the page came without the office's key");
  return base32(text);
}

async function importKey(bytes) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw new CannotCheck("no cryptography on this page");
  try {
    const key = await subtle.importKey("raw", bytes, { name: "Ed25519" }, false, ["verify"]);
    return { key, id: new Uint8Array(await subtle.digest("SHA-256", bytes)).slice(0, 8) };
  } catch (error) {
    if (error.name === "DataError") throw new Error("a key that is none");
    throw new CannotCheck("no Ed25519 in this browser");
  }
}

/** The payload of a COSE_Sign1 in the one form, verified under `key` in `namespace`. */
async function open(namespace, longest, bytes, key) {
  need(bytes.length <= longest, "too long");
  const message = decode(bytes);
  need(Array.isArray(message) && message.length === 4, "not a signed message");
  const [header, unprotected, payload, signature] = message;
  need(isBytes(header) && isBytes(payload) && isBytes(signature, 64), "not a signed message");
  need(unprotected instanceof Map && unprotected.size === 0, "something in the unprotected header");
  need(same(header, [0xa2, 0x01, 0x32, 0x04, 0x48, ...key.id]), "signed by another key");
  const text = [0x84, 0x6a, ...ASCII.encode("Signature1")];
  text.push(...byteString(header), ...byteString(ASCII.encode(namespace)), ...byteString(payload));
  const fits = await crypto.subtle.verify({ name: "Ed25519" }, key.key, signature, Uint8Array.from(text));
  need(fits === true, "the signature does not fit");
  const fields = decode(payload);
  need(fields instanceof Map, "not a map");
  return fields;
}

async function verifyChain(certificates, root) {
  let issuer = root;
  let last = null;
  for (const bytes of certificates) {
    const next = await readCertificate(bytes, issuer);
    if (last) {
      need(last.till, "only a till certifies a further key");
      const alike = ["tenant", "till", "incarnation"].every((name) => next[name] === last[name]);
      need(alike && last.from <= next.from && next.to <= last.to, "a further certificate that says more");
    }
    issuer = next.key;
    last = next;
  }
  need(last, "no certificate");
  return last;
}

async function readCertificate(bytes, issuer) {
  const fields = await open("raseed:certificate:1", 1024, bytes, issuer);
  const isTill = fields.has(2n) || fields.has(3n);
  const certificate = {
    tenant: name(fields.get(1n), /^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/),
    till: isTill ? name(fields.get(2n), /^[A-Za-z0-9][A-Za-z0-9_]{0,11}$/) : null,
    incarnation: isTill ? whole(fields.get(3n), 1n, 65535n) : null,
    from: whole(fields.get(5n), 0n, U64),
    to: whole(fields.get(6n), 0n, U64),
  };
  need(isBytes(fields.get(4n), 32), "a key of 32 bytes");
  return { ...certificate, key: await importKey(fields.get(4n)), names: { till: certificate.till } };
}

// ---- entries

async function readEntry(bytes, key) {
  const fields = await open("raseed:entry:1", 4096, bytes, key);
  const entry = {
    sequence: whole(fields.get(1n), 1n, U64 - 1n),
    wall: whole(fields.get(3n), 0n, LAST_MS - 1n),
    staff: name(fields.get(6n), /^[A-Za-z0-9][A-Za-z0-9._-]{0,11}$/),
    kind: whole(fields.get(7n), 0n, U64),
  };
  need(isBytes(fields.get(2n), 32), "a hash of 32 bytes");
  const boot = items(fields.get(4n), 2);
  need(isBytes(boot[0], 4), "a boot of 4 bytes");
  whole(boot[1], 0n, U64);
  if (fields.has(5n)) {
    const [through, office] = items(fields.get(5n), 2);
    whole(through, 0n, U64);
    whole(office, 0n, LAST_MS - 1n);
  }
  need(fields.has(8n), "an entry without content");
  return entry.kind === 6n ? { ...entry, ...readReceipt(fields.get(8n)) } : entry;
}

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9/._-]{0,19}$/;

function readReceipt(fields) {
  need(fields instanceof Map, "a receipt is a map");
  const optional = (key, read) => (fields.has(key) ? read(fields.get(key)) : null);
  const amount = whole(fields.get(3n), 1n, MOST);
  need(isBytes(fields.get(11n), 8), "a request of 8 bytes");
  return {
    account: name(fields.get(1n), ACCOUNT),
    bill: optional(2n, (bill) => name(bill, ACCOUNT)),
    amount,
    split: readSplit(fields.get(4n), amount),
    mode: MODES[Number(whole(fields.get(5n), 1n, 4n))],
    reference: optional(6n, (reference) => name(reference, /^[!-~]{1,24}$/)),
    subject: optional(7n, (flag) => (need(flag === true, "a flag that is not true"), true)) ?? false,
    periods: optional(8n, readPeriods),
    receipts: whole(fields.get(9n), 1n, U64),
    total: whole(fields.get(10n), amount, MOST),
    requested: optional(12n, (place) => whole(place, 1n, U64 - 1n)),
  };
}

function readSplit(list, amount) {
  need(Array.isArray(list) && list.length % 2 === 0 && list.length >= 2 && list.length <= 32, "1 to 16 heads");
  const parts = [];
  let sum = 0n;
  for (let i = 0; i < list.length; i += 2) {
    const [head, part] = [whole(list[i], 0n, 255n), whole(list[i + 1], -MOST, MOST)];
    need(part !== 0n && parts.every(([other]) => other !== head), "a head twice, or of nothing");
    sum = whole(sum + part, -MOST, MOST);
    parts.push([head, part]);
  }
  need(sum === amount, "the heads do not add up to the amount");
  return parts;
}

function readPeriods(list) {
  const [oldest, newest] = items(list, 2).map((period) => whole(period, 0n, 2399n));
  need(oldest <= newest, "months in the wrong order");
  return [oldest, newest];
}

function whole(value, least, most) {
  need(typeof value === "bigint" && value >= least && value <= most, "a number out of bounds, or missing");
  return value;
}

function name(value, pattern) {
  need(typeof value === "string" && pattern.test(value), "a name that is none, or missing");
  return value;
}

function items(value, length) {
  need(Array.isArray(value) && value.length === length, "a list of another length");
  return value;
}

function isBytes(value, length) {
  return value instanceof Uint8Array && (length === undefined || value.length === length);
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
