package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestQueryVectors {
  private static final QueryVectors QUERIES =
      new QueryVectors(
          List.of("q1", "q2", "ü"),
          List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 1}));

  @Test
  void sizeCountsQueriesAndDimensionTheirComponents() {
    assertThat(QUERIES.size()).isEqualTo(3);
    assertThat(QUERIES.dimension()).isEqualTo(2);
  }

  @Test
  void partKeepsIdsWithTheirVectors() {
    QueryVectors part = QUERIES.part(1, 3);
    assertThat(part.ids()).containsExactly("q2", "ü");
    assertThat(part.vectors()).containsExactly(QUERIES.vectors().get(1), QUERIES.vectors().get(2));
    assertThat(QUERIES.part(0, 3)).isEqualTo(QUERIES);
  }

  @Test
  void partOutlivesTheListsItWasCutFrom() throws Exception {
    List<String> ids = new ArrayList<>(List.of("q1", "q2"));
    List<float[]> vectors = new ArrayList<>(List.of(new float[] {1}, new float[] {2}));
    QueryVectors part = new QueryVectors(ids, vectors).part(1, 2);
    ids.clear();
    vectors.clear();
    QueryVectors arrived = sent(part);
    assertThat(arrived.ids()).containsExactly("q2");
    assertThat(arrived.vectors().get(0)).containsExactly(2);
  }

  /** Returns the query vectors as a task receives them. Sublists cannot be serialized. */
  private static QueryVectors sent(QueryVectors queries) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(queries);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (QueryVectors) in.readObject();
    }
  }

  @Test
  void idsAreComparedAsUtf8() {
    byte[][] encoded = QUERIES.encodedIds();
    assertThat(encoded[2]).containsExactly(0xC3, 0xBC);
    assertThat(QueryVectors.same(encoded[0], "q1".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(QueryVectors.same(encoded[0], encoded[1])).isFalse();
    assertThat(QueryVectors.same(encoded[0], "q".getBytes(StandardCharsets.UTF_8))).isFalse();
  }
}
