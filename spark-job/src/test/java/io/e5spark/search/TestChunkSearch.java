package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.job.TestSession;
import io.e5spark.metric.ScoredDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestChunkSearch {
  private static final StructType SCHEMA =
      new StructType()
          .add("_id", DataTypes.StringType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType));

  /** Returns a document with this many chunks, which all have the same score. */
  private static List<Row> document(String id, int chunks, float score) {
    return IntStream.range(0, chunks)
        .mapToObj(chunk -> RowFactory.create(id, new float[] {score, 1 - score}))
        .toList();
  }

  private static Map<String, List<ScoredDocument>> found(int k, boolean keep, List<Row> chunks) {
    Dataset<Row> rows = TestSession.spark().createDataFrame(chunks, SCHEMA).repartition(3);
    float[] first = {1, 0};
    float[] second = {0, 1};
    QueryVectors queries = new QueryVectors(List.of("a", "b"), List.of(first, second));
    Map<String, List<ScoredDocument>> found = new LinkedHashMap<>();
    new ChunkSearch(k, keep).run(rows, queries, found::put);
    return found;
  }

  @Test
  void manyChunksOfOneDocumentHideNoOther() {
    List<Row> chunks = new ArrayList<>(document("long", 200, 0.75f));
    chunks.addAll(document("short", 1, 0.5f));
    chunks.addAll(document("last", 1, 0.25f));
    Map<String, List<ScoredDocument>> found = found(2, true, chunks);
    assertThat(found.keySet()).containsExactly("a", "b");
    assertThat(found.get("a"))
        .containsExactly(new ScoredDocument("long", 0.75), new ScoredDocument("short", 0.5));
    assertThat(found.get("b"))
        .containsExactly(new ScoredDocument("last", 0.75), new ScoredDocument("short", 0.5));
  }

  @Test
  void fewerDocumentsThanAskedForAreAllFound() {
    List<Row> chunks = new ArrayList<>(document("one", 3, 0.5f));
    chunks.addAll(document("a", 2, 0.25f));
    assertThat(found(10, true, chunks).get("a"))
        .extracting(ScoredDocument::document)
        .containsExactly("one", "a");
    assertThat(found(10, false, chunks).get("a"))
        .as("without the query's own")
        .extracting(ScoredDocument::document)
        .containsExactly("one");
  }

  @ParameterizedTest
  @CsvSource({
    "1,4",
    "10,40",
    "536870911,2147483644",
    "536870912,2147483647",
    "2147483647,2147483647"
  })
  void depthGrowsFourfoldUpToTheLargestNumber(int depth, int deeper) {
    assertThat(ChunkSearch.deeper(depth)).isEqualTo(deeper);
  }
}
