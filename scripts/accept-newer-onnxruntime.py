#!/usr/bin/env python3
"""Patches Java's library of ONNX Runtime so that it runs on a newer libonnxruntime.so.1 than it was built with.

Use: scripts/accept-newer-onnxruntime.py libonnxruntime4j_jni.so

The library asks the loader for symbols of its own version, VERS_1.2.3, which a newer ONNX Runtime does not name,
though its functions are versioned by themselves: one symbol gives the functions of any older version. Here the symbols
lose their version, and the loader then takes those that are there.
"""
import struct
import sys

RUNTIME = b"libonnxruntime.so.1"
VERSIONS_NEEDED, VERSION_OF_SYMBOL = 0x6FFFFFFE, 0x6FFFFFFF
WEAK, ANY = 2, 1


def sections(image):
    """Yields the kind, offset and size of each section of an ELF file, and the number of its string section."""
    start, size, count = struct.unpack_from("<40xQ10xHH", image)
    for at in range(start, start + size * count, size):
        kind, offset, length, strings = struct.unpack_from("<4xI16xQQI", image, at)
        yield kind, offset, length, strings


def text(image, at):
    return bytes(image[at:image.index(b"\0", at)])


def versions_of_runtime(image, table, strings):
    """Yields the offsets of the versions of ONNX Runtime that the library needs."""
    while True:
        _, _, name, first, following = struct.unpack_from("<HHIII", image, table)
        entry = table + first
        while text(image, strings + name) == RUNTIME:
            yield entry
            step, = struct.unpack_from("<I", image, entry + 12)
            if step == 0:
                break
            entry += step
        if following == 0:
            return
        table += following


def accept(image):
    found = list(sections(image))
    numbers = set()
    for kind, offset, _, strings in found:
        if kind == VERSIONS_NEEDED:
            for entry in versions_of_runtime(image, offset, found[strings][1]):
                flags, number = struct.unpack_from("<HH", image, entry + 4)
                struct.pack_into("<H", image, entry + 4, flags | WEAK)
                numbers.add(number)
    for kind, offset, length, _ in found:
        if kind == VERSION_OF_SYMBOL:
            for at in range(offset, offset + length, 2):
                if struct.unpack_from("<H", image, at)[0] in numbers:
                    struct.pack_into("<H", image, at, ANY)
    return numbers


if len(sys.argv) != 2:
    sys.exit(__doc__)
with open(sys.argv[1], "r+b") as library:
    image = bytearray(library.read())
    if image[:6] != b"\x7fELF\x02\x01" or not accept(image):
        sys.exit(f"Cannot change {sys.argv[1]}: it is not a native library that is linked to {RUNTIME.decode()}")
    library.seek(0)
    library.write(image)
