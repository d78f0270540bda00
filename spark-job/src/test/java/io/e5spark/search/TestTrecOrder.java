package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestTrecOrder {
  private static byte[] id(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void equalScoresGoByIdDescendingInBytes() {
    assertThat(
            Stream.of("10", "9", "é", "Z", "a", "")
                .map(TestTrecOrder::id)
                .sorted(TrecOrder.INSTANCE::compare)
                .map(TrecOrder::id))
        .containsExactly("é", "a", "Z", "9", "10", "");
  }

  @Test
  void messagesCallADocumentByItsId() {
    assertThat(TrecOrder.INSTANCE.name(id("MED-10"))).isEqualTo("document MED-10");
  }
}
