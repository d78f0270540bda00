#!/usr/bin/env bash
# Renders the documentation into target/site with MkDocs Material, which it installs from PyPI below target/site-tools. A
# broken link or anchor is an error. The root pom defines the version.
# Use: scripts/site.sh          open target/site/index.html
#      scripts/site.sh --api    with the Javadoc of the public packages, where the project is built
#      scripts/site.sh --serve  at http://127.0.0.1:8000
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
tools=$PWD/target/site-tools
version=$(sed -n 's:.*<python.mkdocs-material.version>\(.*\)</.*:\1:p' pom.xml)

# Exit code 0, because there is nothing wrong with the pages.
skip() { echo "The site is not rendered: $1." >&2; exit 0; }

if [ "$(cat "$tools/version" 2> /dev/null)" != "$version" ]; then
  rm -rf "$tools"
  python3 -m venv "$tools" > /dev/null 2>&1 || skip "python3 cannot make a virtual environment (python3-venv)"
  "$tools/bin/pip" install -q --disable-pip-version-check --retries 1 "mkdocs-material==$version" || skip "PyPI cannot be reached"
  echo "$version" > "$tools/version"
fi
case ${1:-} in
  --serve) exec "$tools/bin/mkdocs" serve ;;
  --api)
    scripts/build.sh jar > /dev/null
    javadoc -quiet -Xdoclint:none -d target/api -cp "$(cat spark-job/target/local.classpath)" \
      -sourcepath udf/src/main/java io.e5spark.sql io.e5spark.config
    ;;
  '') rm -rf target/api ;;
  *) sed -n '4,6s/^# //p' scripts/site.sh >&2; exit 2 ;;
esac
NO_MKDOCS_2_WARNING=1 "$tools/bin/mkdocs" build -q --strict
[ ! -d target/api ] || cp -r target/api target/site/api
echo "target/site/index.html"
