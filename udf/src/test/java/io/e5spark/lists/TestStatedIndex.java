package io.e5spark.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestStatedIndex {
  private final StatedIndex index =
      new StatedIndex(
          "one", "f00d", "embedding_list", 40, 10, "delta.`/x_lists`", Optional.empty());

  @Test
  void propertiesSayAllOfIt() {
    Map<String, String> table = new HashMap<>(index.toMap());
    table.put("e5.model", "some");
    assertThat(StatedIndex.of(table)).contains(index);
    assertThat(index.last()).isEqualTo(49);
  }

  @Test
  void centroidsOfAMovedTableAreBesideIt() {
    Map<String, String> table = new HashMap<>(index.toMap());
    table.put("location", "file:/a`b/");
    assertThat(StatedIndex.of(table).flatMap(StatedIndex::beside))
        .contains("delta.`file:/a``b_lists`");
  }

  @Test
  void tableWithoutOneOfThePropertiesHasNoIndex() {
    for (String property : index.toMap().keySet()) {
      Map<String, String> table = new HashMap<>(index.toMap());
      table.remove(property);
      assertThat(StatedIndex.of(table)).as(property).isEmpty();
    }
  }

  @Test
  void indexOfOtherVectorsIsRefused() {
    assertThatCode(() -> index.requireMadeOf("f00d", "t")).doesNotThrowAnyException();
    assertThatThrownBy(() -> index.requireMadeOf("beef", "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("index of table t", "f00d", "beef", "--retrain");
  }
}
