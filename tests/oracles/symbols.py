#!/usr/bin/env python3
"""Do ZXing and zbar read from our QR symbols what was put in?

    python3 -m pip install -r tests/oracles/requirements.txt     (and zbarimg, of Debian's zbar-tools)
    cargo build -p raseed-protocol --example symbols
    python3 tests/oracles/symbols.py target/debug/examples/symbols [SEED]

It invents texts for every version, has the example draw each in mixed modes and in byte mode, and lets both programs look
at every picture. What is drawn in byte mode must have the version that ISO/IEC 18004, Table 7, gives for its length. Exit
status 0 if all is read.
"""

import pathlib
import random
import subprocess
import sys
import tempfile

import zxingcpp

# Bytes that versions 1 to 40 hold at level M.
BYTES = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997,
    1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$%*+-./:"
INDIAN = "₹पानीकाबिलਪਾਣੀਦਾਬਿੱਲজলেরবিল0123456789abcXYZ"


def main(example: str, seed: int) -> int:
    dice = random.Random(seed)
    texts = [text(dice, PRINTABLE, length) for length in lengths(dice)]
    texts += [text(dice, ALPHANUMERIC, length) for length in range(20, 1200, 60)]
    plain = len(texts)
    texts += [text(dice, INDIAN, length) for length in range(5, 400, 20)]
    with tempfile.TemporaryDirectory() as folder:
        drawn = subprocess.run([example, folder], input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
        versions = [line.split() for line in drawn.stdout.decode().splitlines()]
        assert len(versions) == len(texts), "every text is drawn"
        wrong = [wrong_version(text, int(version)) for text, (_, version) in zip(texts[:plain], versions)]
        for number, expected in enumerate(texts):
            for modes in ("mixed", "bytes"):
                picture = pathlib.Path(folder) / f"{number}-{modes}.pgm"
                for reader in (zxing, zbar):
                    if reader(picture) != expected:
                        wrong.append(f"{reader.__name__} does not read, in {modes}: {expected}")
    wrong = [line for line in wrong if line]
    print("\n".join(wrong) or f"ZXing and zbar read all {2 * len(texts)} symbols (seed {seed})")
    return 1 if wrong else 0


def lengths(dice: random.Random) -> list[int]:
    """For each version the fewest bytes, the most, and one length between."""
    fewest = [1] + [most + 1 for most in BYTES[:-1]]
    return [length for low, high in zip(fewest, BYTES) for length in (low, dice.randint(low, high), high)]


def text(dice: random.Random, letters: str, length: int) -> str:
    return "".join(dice.choices(letters, k=length))


def wrong_version(text: str, version: int) -> str:
    needed = next(version for version, most in enumerate(BYTES, 1) if len(text) <= most)
    return "" if version == needed else f"version {version} instead of {needed} for {len(text)} bytes"


def zxing(picture: pathlib.Path) -> str:
    head, dots = picture.read_bytes().split(b"\n", 1)
    side = int(head.split()[1])
    found = zxingcpp.read_barcodes(memoryview(dots).cast("B", (side, side)), formats=zxingcpp.BarcodeFormat.QRCode)
    return found[0].text if len(found) == 1 else ""


def zbar(picture: pathlib.Path) -> str:
    found = subprocess.run(["zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture], stdout=subprocess.PIPE)
    return found.stdout.decode(errors="replace").removesuffix("\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)))
