#!/usr/bin/env bash
# Checks the prose of the documentation against the vocabulary in scripts/prose, with textlint, which it installs from the
# npm registry below target/prose. The root pom defines the versions.
# Use: scripts/prose.sh [FILE…]    README, the pages of docs and their neighbours by default
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
target=$PWD/target/prose
version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -1; }

# Exit code 0, because there is nothing wrong with the prose.
skip() { echo "The prose is not checked: $1." >&2; exit 0; }

command -v npm > /dev/null || skip "there is no npm"
packages=("textlint@$(version_of node.textlint.version)" "textlint-rule-prh@$(version_of node.textlint-rule-prh.version)")
if [ "$(cat "$target/packages" 2> /dev/null)" != "${packages[*]}" ]; then
  rm -rf "$target"
  mkdir -p "$target"
  npm install --silent --no-audit --no-fund --prefix "$target" "${packages[@]}" > /dev/null || skip "the npm registry cannot be reached"
  echo "${packages[*]}" > "$target/packages"
fi
[ $# -gt 0 ] || set -- ./*.md docs python/README.md conf/databricks/README.md
"$target/node_modules/.bin/textlint" --rules-base-directory "$target/node_modules" -c scripts/prose/textlint.json "$@"
echo "The prose complies with the vocabulary." >&2
