package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.lists.StatedIndex;
import io.e5spark.model.Prompts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which properties of a vector table its owner has set. */
class TestVectorFiles {
  private static final StatedIndex INDEX =
      new StatedIndex("i", "f", "v_list", 0, 4, "centroids", Optional.empty());

  private static Map<String, String> table(VectorType type, Map<String, String> further) {
    VectorProperties said =
        new VectorProperties(
            "m", "f", 16, InputType.PASSAGE, "v", type, Prompts.E5, Map.of("prefix", "true"));
    Map<String, String> table = new LinkedHashMap<>(said.toMap());
    table.putAll(further);
    return table;
  }

  @Test
  void formOfTheVectorsIsNotTheOwners() {
    Map<String, String> packed =
        Map.of(
            "parquet.enable.dictionary#v", "false",
            "parquet.column.statistics.enabled#v", "false");
    assertThat(VectorFiles.ofOwner(table(VectorType.PACKED, packed))).isEmpty();
    Map<String, String> floats = Map.of("parquet.enable.dictionary#v.list.element", "false");
    assertThat(VectorFiles.ofOwner(table(VectorType.FLOAT, floats))).isEmpty();
  }

  @Test
  void formOfOtherColumnsAndWhatTheOwnerSetOtherwiseStays() {
    Map<String, String> owner =
        Map.of(
            "owner.team", "search",
            "parquet.block.size", "1048576",
            "parquet.enable.dictionary#v", "true",
            "parquet.enable.dictionary#title", "false",
            "parquet.column.statistics.enabled#title", "false");
    assertThat(VectorFiles.ofOwner(table(VectorType.PACKED, owner))).isEqualTo(owner);
    assertThat(VectorFiles.ofOwner(owner)).isEqualTo(owner);
  }

  @Test
  void rowGroupsOfAnIndexAreNotTheOwners() {
    Map<String, String> indexed = new LinkedHashMap<>(INDEX.toMap());
    indexed.putAll(VectorFiles.indexProperties());
    assertThat(VectorFiles.ofOwner(table(VectorType.FLOAT, indexed))).isEmpty();
    indexed.put("parquet.block.size", "4194304");
    assertThat(VectorFiles.ofOwner(table(VectorType.FLOAT, indexed)))
        .containsOnlyKeys("parquet.block.size");
  }
}
