// Deterministic CBOR (RFC 8949 section 4.2.1) in the profile of schemas/journal.cddl: the one form, or nothing.
// It must never accept two encodings of one statement, and never guess.
//
// Integers become BigInt, byte strings Uint8Array, text string, arrays Array, maps Map with BigInt keys.

const MAX_DEPTH = 12;

export class NotCbor extends Error {}

/** Reads exactly one item from all of `bytes`. */
export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.item(1);
  if (reader.at !== bytes.length) throw new NotCbor("bytes after the end");
  return value;
}

/** Reads an array of items from all of `bytes` and also gives the bytes of each item: `depth` arrays deep. */
export function decodeParts(bytes, depth) {
  decode(bytes);
  return parts(bytes, depth);
}

function parts(bytes, depth) {
  if (depth === 0) return bytes;
  const reader = new Reader(bytes);
  const { major, number } = reader.head();
  if (major !== 4) throw new NotCbor("not an array");
  return Array.from({ length: Number(number) }, () => {
    const from = reader.at;
    reader.item(1);
    return parts(bytes.subarray(from, reader.at), depth - 1);
  });
}

/** The head and bytes of a byte string, for the text that is signed. */
export function byteString(bytes) {
  const length = bytes.length;
  if (length < 24) return [0x40 + length, ...bytes];
  if (length < 256) return [0x58, length, ...bytes];
  return [0x59, length >> 8, length & 255, ...bytes];
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(length) {
    const end = this.at + length;
    if (end > this.bytes.length) throw new NotCbor("cut short");
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** The kind of the next item and its number: its value, or its length. */
  head() {
    const first = this.take(1)[0];
    const [major, info] = [first >> 5, first & 31];
    if (info < 24) return { major, number: BigInt(info), first };
    if (info > 27) throw new NotCbor("an indefinite length");
    const size = 1 << (info - 24);
    const number = this.take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const least = [24n, 256n, 65536n, 4294967296n][info - 24];
    if (number < least) throw new NotCbor("a number longer than needed");
    return { major, number, first };
  }

  item(depth) {
    const { major, number, first } = this.head();
    if (first === 0xf5) return true;
    if (major === 0) return number;
    if (major === 1) return -1n - number;
    if (major > 5) throw new NotCbor("a tag, a float or another simple value");
    if (number > BigInt(this.bytes.length)) throw new NotCbor("cut short");
    const length = Number(number);
    if (major === 2) return this.take(length);
    if (major === 3) return text(this.take(length));
    if (depth > MAX_DEPTH) throw new NotCbor("too deep");
    if (major === 4) return Array.from({ length }, () => this.item(depth + 1));
    return this.map(length, depth);
  }

  map(length, depth) {
    const map = new Map();
    let last = -1n;
    for (let i = 0; i < length; i += 1) {
      const { major, number } = this.head();
      if (major !== 0 || number <= last) throw new NotCbor("map keys that do not ascend");
      last = number;
      map.set(number, this.item(depth + 1));
    }
    return map;
  }
}

function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotCbor("text that is not UTF-8");
  }
}
