#!/usr/bin/env bash
# Compares nDCG@10 of searches through an index with that of the exact search, on a folder in BEIR's layout.
# Use: scripts/index-quality.sh DATASET DIR [PROBES …]; DIR keeps vectors and runs; 1 2 4 8 16 probes by default.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
e5=${E5_SPARK:-$home/scripts/e5-spark}
dataset=$(realpath "$1") work=$(realpath -m "$2")
shift 2
[ $# -gt 0 ] || set -- 1 2 4 8 16
mkdir -p "$work"
qrels=$dataset/qrels/test.tsv

[ -d "$work/vectors" ] || "$e5" embed --input "$dataset/corpus.jsonl" --text-columns title,text --id-column _id \
  --output "$work/vectors"
"$e5" index --vectors "$work/vectors"

# Writes a statement per judged query, which prints the ten nearest passages as lines of a run.
python3 - "$dataset/queries.jsonl" "$qrels" "$work" exact "$@" <<'END'
import json, sys
queries, qrels, work, *searches = sys.argv[1:]
judged = {line.split("\t")[0] for line in list(open(qrels))[1:]}
texts = [json.loads(line) for line in open(queries)]
with open(f"{work}/searches.sql", "w") as out:
    for query in texts:
        if query["_id"] in judged:
            text = query["text"].replace("\\", "\\\\").replace("'", "\\'")
            parts = [
                f"SELECT '{search}' AS search, '{query['_id']}' AS query, _id, rank, score FROM"
                f" e5_search('{work}/vectors', '{text}', 10" + ("" if search == "exact" else f", probes => {search}") + ")"
                for search in searches]
            out.write(" UNION ALL ".join(parts) + ";\n")
END
"$e5" sql --json -f "$work/searches.sql" > "$work/found.jsonl"
for search in exact "$@"; do
  python3 - "$work/found.jsonl" "$search" > "$work/$search.trec" <<'END'
import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    if row["search"] == sys.argv[2]:
        print(row["query"], "Q0", row["_id"], row["rank"], row["score"], sys.argv[2])
END
  echo "$search: $("$e5" metrics --run "$work/$search.trec" --qrels "$qrels" --json | grep -o '"NDCG@10" : [0-9.]*')"
done
