package io.e5spark.search;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.eval.TrecRunWriter;
import io.e5spark.job.TestSession;
import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.DataFile;
import io.e5spark.vector.BinaryForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class TestExactSearch {
  private static final int DIMENSION = 24;
  private static final StructType SCHEMA =
      new StructType()
          .add("_id", DataTypes.StringType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType));

  private final Random random = new Random(11);

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }

  /**
   * Returns documents. Every tenth document repeats the vector before it, so that there are ties.
   */
  private List<Row> documents(int count) {
    List<Row> rows = new ArrayList<>();
    float[] last = vector();
    for (int i = 0; i < count; i++) {
      float[] vector = i % 10 == 9 ? last : vector();
      rows.add(RowFactory.create("d" + i, vector));
      last = vector;
    }
    return rows;
  }

  private QueryVectors queries(int count) {
    List<String> ids = IntStream.range(0, count).mapToObj(i -> "d" + i).toList();
    return new QueryVectors(ids, ids.stream().map(id -> vector()).toList());
  }

  private static Dataset<Row> dataset(List<Row> rows, int partitions) {
    return TestSession.spark().createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = values.get(i));
    return floats;
  }

  private static Map<String, List<ScoredDocument>> found(
      ExactSearch search, Dataset<Row> documents, QueryVectors queries) {
    Map<String, List<ScoredDocument>> found = new LinkedHashMap<>();
    search.run(documents, queries, found::put);
    return found;
  }

  @Test
  void findsTheSameAmongPackedVectors() {
    Dataset<Row> floats = dataset(documents(5_000), 3);
    QueryVectors queries = queries(9);
    ExactSearch search = new ExactSearch(20, false);
    BinaryForm form = BinaryForm.PACKED;
    UDF1<Seq<Float>, byte[]> pack =
        vector -> form.bytes(floats(CollectionConverters.asJava(vector)));
    Dataset<Row> packed =
        floats.select(
            col("_id"), udf(pack, DataTypes.BinaryType).apply(col("embedding")).as("embedding"));
    assertThat(found(search, packed, queries)).isEqualTo(found(search, floats, queries));
  }

  @Test
  void findsTheNearestWhateverThePartitioning() {
    List<Row> rows = documents(9_500);
    QueryVectors queries = queries(37);
    ExactSearch search = new ExactSearch(50, false);
    Map<String, List<ScoredDocument>> one = found(search, dataset(rows, 1), queries);
    assertThat(one.keySet()).containsExactlyElementsOf(queries.ids());
    for (int query = 0; query < queries.size(); query++) {
      List<ScoredDocument> nearest = one.get(queries.ids().get(query));
      assertThat(nearest).hasSize(50).isEqualTo(sorted(nearest));
      String own = queries.ids().get(query);
      float[] vector = queries.vectors().get(query);
      List<Double> expected =
          rows.stream()
              .filter(row -> !row.getString(0).equals(own))
              .map(row -> dot((float[]) row.get(1), vector))
              .sorted(java.util.Comparator.reverseOrder())
              .limit(50)
              .toList();
      for (int rank = 0; rank < 50; rank++) {
        assertThat(nearest.get(rank).score())
            .isCloseTo(expected.get(rank), org.assertj.core.api.Assertions.within(1e-5));
      }
    }
    assertThat(found(search, dataset(rows, 2), queries)).isEqualTo(one);
    assertThat(found(search, dataset(rows, 7), queries)).isEqualTo(one);
  }

  @Test
  void runFileIsTheSameByteForByteWhateverThePartitioning(@TempDir Path folder) throws IOException {
    List<Row> rows = documents(5_000);
    QueryVectors queries = queries(60);
    byte[] one = runFile(folder.resolve("1"), dataset(rows, 1), queries);
    assertThat(new String(one, StandardCharsets.UTF_8))
        .hasLineCount(60 * 100)
        .startsWith("d0 Q0 d");
    assertThat(runFile(folder.resolve("2"), dataset(rows, 2), queries)).isEqualTo(one);
    assertThat(runFile(folder.resolve("7"), dataset(rows, 7), queries)).isEqualTo(one);
  }

  private static byte[] runFile(Path file, Dataset<Row> documents, QueryVectors queries)
      throws IOException {
    try (TrecRunWriter writer =
        new TrecRunWriter(new DataFile(file.toString(), new Configuration()))) {
      new ExactSearch(100, false).run(documents, queries, writer::write);
    }
    return Files.readAllBytes(file);
  }

  private static List<ScoredDocument> sorted(List<ScoredDocument> documents) {
    return documents.stream()
        .sorted(
            Comparator.comparing(ScoredDocument::score)
                .thenComparing(ScoredDocument::document)
                .reversed())
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Test
  void documentWithTheQuerysIdIsLeftOutUnlessKept() {
    List<Row> rows = documents(20);
    QueryVectors queries = queries(1);
    assertThat(found(new ExactSearch(100, false), dataset(rows, 2), queries).get("d0"))
        .hasSize(19)
        .noneMatch(one -> one.document().equals("d0"));
    assertThat(found(new ExactSearch(100, true), dataset(rows, 2), queries).get("d0")).hasSize(20);
  }

  @Test
  void manyQueriesGoInBlocks() {
    List<Row> rows = documents(30);
    QueryVectors queries = queries(2_500);
    ExactSearch blocks = new ExactSearch(4_000, true);
    Map<String, List<ScoredDocument>> found = found(blocks, dataset(rows, 3), queries);
    assertThat(found).hasSize(2_500).allSatisfy((query, hits) -> assertThat(hits).hasSize(30));
    assertThat(found.keySet()).containsExactlyElementsOf(queries.ids());
  }

  @Test
  void noDocumentsGiveEmptyLists() {
    assertThat(found(new ExactSearch(10, true), dataset(List.of(), 2), queries(3)))
        .hasSize(3)
        .allSatisfy((query, hits) -> assertThat(hits).isEmpty());
  }

  @Test
  void wrongDimensionIsNamed() {
    Dataset<Row> documents = dataset(List.of(RowFactory.create("short", new float[3])), 1);
    assertThatThrownBy(() -> found(new ExactSearch(10, true), documents, queries(2)))
        .hasStackTraceContaining(
            "document short has a vector of 3 dimensions, the queries' have 24");
  }
}
