#!/usr/bin/env bash
# Prints the structure of the programs from their sources: the files of each package with their mean and largest length
# in code lines (no blank lines, no comments), files that use each other in a circle, and test lines per main line.
# Use: scripts/structure.sh [--circles]
#   --circles   exit with 1 if there is a circle
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
exec python3 - "$@" << 'PYTHON'
import pathlib, re, sys

COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
NAME = re.compile(r"[A-Za-z_]\w*")
IMPORT = re.compile(r"^import (?:static )?([\w.]+)", re.M)


def code(text):
    """Returns the text without comments. Strings remain, and characters lose their content."""
    kept = lambda found: found.group() if found.group()[0] == '"' else "''" if found.group()[0] == "'" else " "
    return COMMENT.sub(kept, text)


def lines(text):
    return sum(1 for line in text.splitlines() if line.strip())


def sources(tree):
    found = {}
    for path in sorted(pathlib.Path(".").glob(f"*/src/{tree}/java/**/*.java")):
        name = ".".join(path.with_suffix("").parts[4:])
        found[name] = code(path.read_text(encoding="utf-8"))
    return found


def uses(name, text, names):
    """Returns the other files that a file names, by an import or as a neighbour in its package."""
    package = name.rpartition(".")[0]
    words = set(NAME.findall(re.sub(r'"[^"\n]*"', "", text.partition(";")[2])))
    used = {f"{package}.{word}" for word in words} | {f"{name_}" for name_ in re.findall(r"io\.e5spark[\w.]+", text)}
    for imported in IMPORT.findall(text):
        while imported.count(".") > 1:
            used.add(imported)
            imported = imported.rpartition(".")[0]
    return {other for other in used if other in names and other != name}


def circles(graph):
    """Returns the strongly connected components of two or more files (Tarjan's algorithm)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            part = []
            while not part or part[-1] != node:
                part.append(stack.pop())
            if len(part) > 1:
                found.append(sorted(part))

    for node in graph:
        if node not in index:
            visit(node)
    return sorted(found)


sys.setrecursionlimit(10_000)
main, test = sources("main"), sources("test")
packages = {}
for name, text in main.items():
    package, _, simple = name.rpartition(".")
    packages.setdefault(package.removeprefix("io.e5spark."), []).append((lines(text), simple))
print(f"{'package':<22}{'files':>6}{'mean':>6}{'largest':>9}")
for package, files in sorted(packages.items()):
    largest, simple = max(files)
    print(f"{package:<22}{len(files):>6}{sum(n for n, _ in files) / len(files):>6.0f}{largest:>9}  {simple}")
main_lines, test_lines = (sum(map(lines, tree.values())) for tree in (main, test))
print(f"{'all':<22}{len(main):>6}{main_lines / len(main):>6.0f}")
found = circles({name: uses(name, text, main) for name, text in main.items()})
print(f"\ncircles   {len(found)}")
for circle in found:
    print("          " + ", ".join(name.removeprefix("io.e5spark.") for name in circle))
print(f"tests     {test_lines:,} lines to {main_lines:,} of the programs: {test_lines / main_lines:.2f}")
sys.exit(1 if found and "--circles" in sys.argv[1:] else 0)
PYTHON
