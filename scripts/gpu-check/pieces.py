#!/usr/bin/env python3
"""A directory as numbered pieces with checksums, and the directory again from pieces that arrive one by one.

Use: pieces.py pack DIRECTORY PIECES MEBIBYTES [EFFORT]       EFFORT is xz's, 0 to 9: a higher one is slower and makes less (6)
     pieces.py restore PIECES TARGET               TARGET/content is the directory once all pieces have been there
"""
import hashlib
import lzma
import os
import shutil
import sys
import tarfile

NAME, LIST = "e5-gpu", "e5-gpu.sha256"
BLOCK = 1 << 20


class Pieces:
    """A file for writing, which continues in the next piece when a piece is full."""

    def __init__(self, directory, limit):
        self.directory, self.limit, self.sums = directory, limit, []
        self.piece = None

    def write(self, data):
        view = memoryview(data)
        while view:
            if self.piece is None or self.room == 0:
                self.begin()
            part = view[:self.room]
            self.piece.write(part)
            self.sum.update(part)
            self.room -= len(part)
            view = view[len(part):]
        return len(data)

    def begin(self):
        self.end()
        self.name = f"{NAME}.{len(self.sums) + 1:03}"
        self.piece = open(os.path.join(self.directory, self.name), "wb")
        self.sum, self.room = hashlib.sha256(), self.limit

    def end(self):
        if self.piece is not None:
            self.piece.close()
            self.sums.append(f"{self.sum.hexdigest()}  {self.name}\n")

    def flush(self):
        pass


class Joined:
    """A file for reading, which joins the pieces."""

    def __init__(self, paths):
        self.paths, self.piece = list(paths), None

    def read(self, size):
        while True:
            if self.piece is None:
                if not self.paths:
                    return b""
                self.piece = open(self.paths.pop(0), "rb")
            data = self.piece.read(size)
            if data:
                return data
            self.piece.close()
            self.piece = None


def pack(directory, target, mebibytes, effort="6"):
    os.makedirs(target, exist_ok=True)
    for old in os.listdir(target):
        if old.startswith(NAME + "."):
            os.remove(os.path.join(target, old))
    pieces = Pieces(target, int(float(mebibytes) * (1 << 20)))
    with lzma.open(pieces, "wb", preset=int(effort)) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        archive.add(directory, arcname="content")
    pieces.end()
    with open(os.path.join(target, LIST), "w") as listed:
        listed.writelines(pieces.sums)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as piece:
        for block in iter(lambda: piece.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def take_list(source, held, fail):
    """Returns the list of pieces, which must equal the list with which the target began."""
    sent, kept = os.path.join(source, LIST), os.path.join(held, LIST)
    if os.path.exists(sent):
        if not os.path.exists(kept):
            shutil.copyfile(sent, kept)
        elif sha256(sent) != sha256(kept):
            fail("it has pieces of another pack (name an empty directory)")
    if not os.path.exists(kept):
        fail(f"{source} has no {LIST}, which tells what is to come")
    with open(kept) as listed:
        return [line.split() for line in listed]


def take_pieces(wanted, source, held):
    """Keeps new and complete pieces, and returns the names of broken and of missing pieces."""
    broken, missing = [], []
    for checksum, name in wanted:
        sent, kept = os.path.join(source, name), os.path.join(held, name)
        if os.path.exists(kept):
            continue
        if not os.path.exists(sent):
            missing.append(name)
            continue
        shutil.copyfile(sent, kept + ".unfinished")
        if sha256(kept + ".unfinished") == checksum:
            os.replace(kept + ".unfinished", kept)
        else:
            broken.append(name)
    return broken, missing


def unpack(wanted, held, target):
    unfinished = os.path.join(target, "unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    joined = Joined(os.path.join(held, name) for _, name in wanted)
    with lzma.open(joined) as packed, tarfile.open(fileobj=packed, mode="r|", bufsize=BLOCK) as archive:
        archive.extractall(unfinished, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
    os.replace(os.path.join(unfinished, "content"), os.path.join(target, "content"))
    shutil.rmtree(unfinished)


def restore(source, target):
    def fail(reason):
        sys.exit(f"Cannot restore {target}: {reason}")

    held = os.path.join(target, "pieces")
    os.makedirs(held, exist_ok=True)
    wanted = take_list(source, held, fail)
    if os.path.exists(os.path.join(target, "content")):
        print(f"{target} is restored")
        return
    broken, missing = take_pieces(wanted, source, held)
    if broken:
        fail(f"{', '.join(broken)} is not what {LIST} says (send it again)")
    if missing:
        print(f"{len(wanted) - len(missing)} of {len(wanted)} pieces are here, to come: {', '.join(missing)}")
        return
    unpack(wanted, held, target)
    for _, name in wanted:
        os.remove(os.path.join(held, name))
    print(f"{target} is restored")


if __name__ == "__main__":
    if sys.argv[1:2] == ["pack"] and len(sys.argv) in (5, 6):
        pack(*sys.argv[2:])
    elif sys.argv[1:2] == ["restore"] and len(sys.argv) == 4:
        restore(*sys.argv[2:])
    else:
        sys.exit(__doc__)
