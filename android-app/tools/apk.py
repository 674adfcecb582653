#!/usr/bin/env python3
"""What zipalign cannot do yet: libraries aligned for devices with pages of 16 KiB, and a check that they are.

    apk.py pack BASE.apk DEX_FOLDER LIB_FOLDER OUT.apk
    apk.py check APK

Libraries are stored, not compressed: Android maps them from the package as they lie (extractNativeLibs is false).
"""

import pathlib
import struct
import sys
import zipfile

PAGE = 16 * 1024
# The extra field by which apksigner knows an entry's alignment and keeps it (ALIGNMENT in APK signing's ZIP notes).
ALIGNMENT_FIELD = 0xD935
LOCAL_HEADER = 30
ELF_LOAD = 1


def pack(base, dex_folder, lib_folder, out):
    """The package of resources, with code and libraries added."""
    with zipfile.ZipFile(base) as resources, open(out, "wb") as file, zipfile.ZipFile(file, "w") as package:
        for entry in resources.infolist():
            stored = entry.compress_type == zipfile.ZIP_STORED
            add(package, file, entry.filename, resources.read(entry), 4 if stored else None)
        for dex in sorted(pathlib.Path(dex_folder).glob("*.dex")):
            add(package, file, dex.name, dex.read_bytes(), None)
        for library in sorted(pathlib.Path(lib_folder).glob("*/*.so")):
            add(package, file, f"lib/{library.parent.name}/{library.name}", library.read_bytes(), PAGE)


def add(package, file, name, data, alignment):
    """Compressed, or stored with its first byte at a multiple of `alignment`. Dates are always the same."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if alignment is None else zipfile.ZIP_STORED
    if alignment is not None:
        begin = file.tell() + LOCAL_HEADER + len(name.encode()) + 6
        entry.extra = struct.pack("<HHH", ALIGNMENT_FIELD, 2 + -begin % alignment, alignment) + bytes(-begin % alignment)
    package.writestr(entry, data)


def check(apk):
    """Says what is wrong with the libraries of a package; an empty list if nothing is."""
    wrong = []
    with zipfile.ZipFile(apk) as package:
        libraries = [entry for entry in package.infolist() if entry.filename.endswith(".so")]
        for entry in libraries:
            data = package.read(entry)
            if entry.compress_type != zipfile.ZIP_STORED:
                wrong.append(f"{entry.filename}: compressed, so it cannot be mapped")
            if (begin := first_byte(package, entry)) % PAGE:
                wrong.append(f"{entry.filename}: begins at {begin}, not at a multiple of {PAGE}")
            if (smallest := smallest_segment_alignment(data)) < PAGE and is_64_bit(data):
                wrong.append(f"{entry.filename}: a segment is aligned to {smallest}, less than {PAGE}")
        abis = {}
        for entry in libraries:
            _, abi, name = entry.filename.split("/")
            abis.setdefault(abi, set()).add(name)
        for abi, names in abis.items():
            if missing := {"libraseed.so", "libjnidispatch.so"} - names:
                wrong.append(f"{abi}: {', '.join(sorted(missing))} is missing")
    return wrong


def first_byte(package, entry):
    package.fp.seek(entry.header_offset + 26)
    name, extra = struct.unpack("<HH", package.fp.read(4))
    return entry.header_offset + LOCAL_HEADER + name + extra


def is_64_bit(elf):
    return elf[4] == 2


def smallest_segment_alignment(elf):
    """Of the segments that are loaded. Pages of 16 KiB exist on 64-bit devices only."""
    if elf[:4] != b"\x7fELF" or elf[5] != 1:
        raise SystemExit("a library is not a little-endian ELF file")
    if is_64_bit(elf):
        table, (size, count), align_at = struct.unpack_from("<Q", elf, 32)[0], struct.unpack_from("<HH", elf, 54), (48, "<Q")
    else:
        table, (size, count), align_at = struct.unpack_from("<I", elf, 28)[0], struct.unpack_from("<HH", elf, 42), (28, "<I")
    segments = [table + index * size for index in range(count)]
    loaded = [at for at in segments if struct.unpack_from("<I", elf, at)[0] == ELF_LOAD]
    return min(struct.unpack_from(align_at[1], elf, at + align_at[0])[0] for at in loaded)


def main(arguments):
    match arguments:
        case ["pack", base, dex_folder, lib_folder, out]:
            pack(base, dex_folder, lib_folder, out)
        case ["check", apk]:
            wrong = check(apk)
            sys.stderr.writelines(f"{line}\n" for line in wrong)
            return bool(wrong)
        case _:
            print(__doc__, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
