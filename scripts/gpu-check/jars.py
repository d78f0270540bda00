#!/usr/bin/env python3
"""Copies jars without what a check on 64-bit Linux does not need, uncompressed, so that they pack well together.

Use: jars.py LOADED TARGET JAR…    LOADED is a log of loaded classes (-Xlog:class+load): jars that gave none are left out
"""
import os
import re
import sys
import zipfile

# Native code of other systems is not needed. ONNX Runtime's native code and the models are packed separately.
UNNEEDED = re.compile(
    r"(?i).*(darwin|macos|osx|/mac/|/mac-|windows|win32|/win/|win-|freebsd|openbsd|solaris|sunos|aix|android|aarch|arm|ppc"
    r"|s390|riscv|loongarch|sparc|mips|musl|linux-?x86/|linux-?x86_32|linux32|i386).*\.(so|dll|dylib|jnilib|a)"
    r"|ai/onnxruntime/native/.*|.*\.onnx|META-INF/.*\.(SF|RSA|DSA)")
# These jars hold only resources.
WITHOUT_CLASSES = re.compile(r".*/langchain4j-embeddings-e5-[^/]*\.jar")


def copy(jar, target):
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as trimmed:
        for entry in source.infolist():
            if not UNNEEDED.fullmatch(entry.filename):
                content = source.read(entry)
                entry.compress_type = zipfile.ZIP_STORED
                trimmed.writestr(entry, content)


if len(sys.argv) < 4:
    sys.exit(__doc__)
log, directory, jars = sys.argv[1], sys.argv[2], sys.argv[3:]
with open(log) as lines:
    used = set(re.findall(r"source: (?:file:|jar:file:)?(/\S*?\.jar)", lines.read()))
os.makedirs(directory, exist_ok=True)
for jar in jars:
    if jar in used or WITHOUT_CLASSES.fullmatch(jar):
        copy(jar, os.path.join(directory, os.path.basename(jar)))
