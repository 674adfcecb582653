// How people read amounts and days: the Indian way, Western digits, Indian time.

const INDIA_MS = 19_800_000n;

/** `₹12,34,567` or `-₹0.40`: from paise as BigInt. */
export function amount(paise) {
  const size = paise < 0n ? -paise : paise;
  const rest = size % 100n;
  const decimals = rest === 0n ? "" : `.${String(rest).padStart(2, "0")}`;
  return `${paise < 0n ? "-" : ""}₹${grouped(size / 100n)}${decimals}`;
}

/** `12,34,567`: the last three digits, then pairs. */
export function grouped(number) {
  const digits = String(number);
  const last = digits.slice(-3);
  const front = digits.slice(0, -3).replace(/\B(?=(\d\d)+$)/g, ",");
  return front ? `${front},${last}` : last;
}

/** `22 Nov 2026, 16:40`: from milliseconds since 1970 as BigInt. */
export function time(ms, monthNames) {
  const at = new Date(Number(ms + INDIA_MS));
  const two = (number) => String(number).padStart(2, "0");
  const day = `${at.getUTCDate()} ${monthNames[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${day}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** `Sep 2026 – Nov 2026`: from months since January 2000 as BigInt. */
export function months([oldest, newest], monthNames) {
  const month = (number) => `${monthNames[Number(number % 12n)]} ${2000n + number / 12n}`;
  return oldest === newest ? month(oldest) : `${month(oldest)} – ${month(newest)}`;
}
