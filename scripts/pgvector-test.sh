#!/usr/bin/env bash
# Sends a vector table and its changes to PostgreSQL with pgvector, and checks that both find the same rows.
# Use: scripts/pgvector-test.sh [DIR]; DIR has PostgreSQL's bin/ with pgvector installed.
# Without DIR, the wheel pgserver provides both, in a virtual environment that is deleted at the end.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
e5=${E5_SPARK:-$home/scripts/e5-spark}
work=$(mktemp -d)
chmod 755 "$work"
server=
end() {
  [ -z "$server" ] || { kill -INT "$server"; wait "$server" || true; }
  rm -rf "$work"
}
trap end EXIT

postgres=${1:-}
if [ -z "$postgres" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" -q install pgserver==0.1.4
  postgres=$(dirname "$(dirname "$(find "$work/venv" -path '*/pginstall/bin/initdb')")")
fi
# PostgreSQL refuses to run as root.
user=()
[ "$(id -u)" != 0 ] || user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
mkdir "$work/data" "$work/socket"
[ "$(id -u)" != 0 ] || chown 65534:65534 "$work/data" "$work/socket"
"${user[@]}" "$postgres/bin/initdb" -D "$work/data" -U e5 --auth=trust > "$work/initdb"
"${user[@]}" "$postgres/bin/postgres" -D "$work/data" -k "$work/socket" -c listen_addresses= > "$work/log" 2>&1 &
server=$!
psql() { "$postgres/bin/psql" -h "$work/socket" -U e5 -d postgres -v ON_ERROR_STOP=1 -qAt "$@"; }
for _ in $(seq 50); do psql -c 'SELECT 1' > "$work/up" 2>&1 && break || sleep 0.2; done

vectors=$work/vectors
csv="USING csv OPTIONS (escape '\"', ignoreLeadingWhiteSpace 'false', ignoreTrailingWhiteSpace 'false')"
embed() {
  "$e5" embed --input "$work/texts.jsonl" --output "$vectors" --mode merge --delete-missing > "$work/out"
}
# Writes the last change of each key after a version of the vector table.
changes() {
  rm -rf "$work/changes"
  "$e5" sql -e "INSERT OVERWRITE DIRECTORY '$work/changes' $csv
    SELECT _change_type, id, CAST(embedding AS STRING) FROM (
      SELECT *, row_number() OVER (PARTITION BY id ORDER BY _commit_version DESC, _change_type DESC) AS last
      FROM table_changes_by_path('$vectors', $1) WHERE _change_type <> 'update_preimage') WHERE last = 1" > "$work/out"
  cat "$work/changes"/*.csv > "$work/changes.csv"
}
apply() {
  psql << END
BEGIN;
CREATE TEMP TABLE changes (change text, id text, embedding vector(384)) ON COMMIT DROP;
\copy changes FROM '$work/changes.csv' csv
DELETE FROM passages WHERE id IN (SELECT id FROM changes WHERE change = 'delete' OR embedding IS NULL);
INSERT INTO passages SELECT id, embedding FROM changes WHERE change <> 'delete' AND embedding IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET embedding = excluded.embedding;
COMMIT;
END
}
# Compares the three nearest rows for a query in both systems.
compare() {
  local query=$1
  "$e5" sql -e "SELECT id FROM e5_search('$vectors', '$query', 3) ORDER BY rank" --json | sed 's/.*:"\(.*\)"}/\1/' \
    | sed 's/\\"/"/g' > "$work/ours"
  local vector
  vector=$("$e5" sql -e "SELECT CAST(e5_embed('$query', 'query') AS STRING) AS v" --json | sed 's/.*:"\(.*\)"}/\1/')
  psql -c "SELECT id FROM passages ORDER BY embedding <#> '$vector' LIMIT 3" > "$work/theirs"
  diff "$work/ours" "$work/theirs" || { echo "pgvector finds other rows for: $query"; exit 1; }
  echo "Both find $(tr '\n' ' ' < "$work/ours")for: $query"
}

cat > "$work/texts.jsonl" << 'END'
{"id":"bread","text":"Sourdough rises slowly and keeps for days."}
{"id":"bike","text":"A dry bicycle chain squeaks until it is oiled."}
{"id":"frost","text":"Clear and windless nights bring frost to gardens."}
{"id":"the \"long\" soup ","text":"A long simmer makes a soup of bones."}
{"id":"none","text":null}
END
embed
"$e5" sql -e "ALTER TABLE delta.\`$vectors\` SET TBLPROPERTIES (delta.enableChangeDataFeed = true)" > "$work/out"
psql << 'END'
CREATE EXTENSION vector;
CREATE TABLE passages (id text PRIMARY KEY, embedding vector(384) NOT NULL);
CREATE INDEX ON passages USING hnsw (embedding vector_ip_ops);
END
# The first transfer sends all rows. The change data feed begins after them.
version=$("$e5" sql -e "DESCRIBE HISTORY delta.\`$vectors\` LIMIT 1" --json | sed 's/.*"version":\([0-9]*\).*/\1/')
"$e5" sql -e "INSERT OVERWRITE DIRECTORY '$work/changes' $csv
  SELECT 'insert', id, CAST(embedding AS STRING) FROM delta.\`$vectors\`" > "$work/out"
cat "$work/changes"/*.csv > "$work/changes.csv"
apply
compare "noise when pedalling"

cat > "$work/texts.jsonl" << 'END'
{"id":"bread","text":"Sourdough rises slowly and keeps for days."}
{"id":"frost","text":"Grease and oil keep a bicycle chain quiet."}
{"id":"the \"long\" soup ","text":null}
{"id":"wheel","text":"A bent wheel rubs at the brake of a bicycle."}
END
embed
changes $((version + 1))
apply
compare "noise when pedalling"
[ "$(psql -c 'SELECT count(*) FROM passages')" = 3 ] || { echo "pgvector has other rows"; psql -c 'SELECT id FROM passages'; exit 1; }
echo "PostgreSQL has followed the vector table: changed, new and deleted rows, and rows without a vector"
