package io.e5spark.mteb.folder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.e5spark.platform.DataFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads reranking in the layout of MTEB 2, {@code corpus}, {@code queries}, {@code qrels} and
 * {@code top_ranked}, and makes one row per query, with the texts, the ids and the grades of its
 * candidates.
 */
public final class CandidateRows {
  private static final String QUERY = "query-id";
  private static final String DOCUMENT = "corpus-id";

  private final TaskRows reader;
  private final TaskFiles files;
  private final String split;

  public CandidateRows(TaskRows reader, TaskFiles files, String split) {
    this.reader = reader;
    this.files = files;
    this.split = split;
  }

  /** Whether a folder is in this layout. */
  public boolean exist() {
    return !files.ofPart("top_ranked", split).isEmpty();
  }

  /** The files of all parts. */
  public List<DataFile> files() {
    return List.of("corpus", "queries", "qrels", "top_ranked").stream()
        .flatMap(part -> part(part).stream())
        .toList();
  }

  private List<DataFile> part(String name) {
    List<DataFile> found = files.ofPart(name, split);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("it has no files of its part " + name);
    }
    return found;
  }

  /**
   * The queries with their candidates.
   *
   * @throws IllegalArgumentException if a candidate is not in the corpus
   */
  public Dataset<Row> read() {
    Dataset<Row> pairs =
        reader
            .read(part("top_ranked"))
            .select(col("`query-id`"), explode(col("`corpus-ids`")).as(DOCUMENT));
    Dataset<Row> corpus = reader.read(part("corpus"));
    Dataset<Row> documents = corpus.select(id(corpus).as(DOCUMENT), text(corpus).as("text"));
    Dataset<Row> grades =
        reader
            .read(part("qrels"))
            .select(col("`query-id`"), col("`corpus-id`"), col("score"))
            .distinct();
    Dataset<Row> found = pairs.join(documents, DOCUMENT);
    requireOneEach("candidates in its corpus", pairs.count(), found.count());
    Dataset<Row> graded = found.join(grades, usingBoth(), "left");
    requireOneEach("candidates with their grades", found.count(), graded.count());
    Dataset<Row> candidates =
        graded
            .groupBy(col("`query-id`"))
            .agg(
                sort_array(
                        collect_list(
                            struct(
                                col("`corpus-id`").as("id"),
                                col("text"),
                                coalesce(col("score"), lit(0)).cast("int").as("grade"))))
                    .as("candidates"));
    Dataset<Row> queries = reader.read(part("queries"));
    Dataset<Row> ranked =
        queries
            .select(id(queries).as(QUERY), col("text").as("query"), col(TaskRows.NUMBER))
            .join(candidates, QUERY);
    requireOneEach("ranked queries in its queries", candidates.count(), ranked.count());
    return ranked.select(
        col(TaskRows.NUMBER),
        col("query"),
        col("candidates.text").as("documents"),
        col("candidates.id").as("ids"),
        col("candidates.grade").as("grades"));
  }

  private static scala.collection.immutable.Seq<String> usingBoth() {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(QUERY, DOCUMENT)).toList();
  }

  /** An id that is missing or occurs twice would change the ranking silently. */
  private static void requireOneEach(String what, long wanted, long found) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "it has %d %s (must be %d, one of each)", found, what, wanted));
    }
  }

  private static Column id(Dataset<Row> rows) {
    return Arrays.asList(rows.columns()).contains("_id") ? col("_id") : col("id");
  }

  private static Column text(Dataset<Row> corpus) {
    return Arrays.asList(corpus.columns()).contains("title")
        ? concat_ws(" ", nullif(col("title"), lit("")), col("text"))
        : col("text");
  }
}
