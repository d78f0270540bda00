package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.vector.BinaryForm;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests {@link VectorProperties} and {@link VectorColumns}, which state what a table holds. */
class TestVectorProperties {
  private static final Prompts INSTRUCT = new Prompts("Instruct: {task}\nQuery: ", "");

  private static VectorProperties properties(String fingerprint) {
    return properties(fingerprint, Prompts.E5, Map.of("prefix", "true"));
  }

  private static VectorProperties properties(
      String fingerprint, Prompts prompts, Map<String, String> settings) {
    return new VectorProperties(
        "m", fingerprint, 16, InputType.QUERY, "v", VectorType.INT8, prompts, settings);
  }

  @Test
  void tablePropertiesKeepTheirNames() {
    assertThat(properties("f").toMap())
        .containsOnlyKeys(
            "e5.model",
            "e5.fingerprint",
            "e5.dimension",
            "e5.input-type",
            "e5.vector-column",
            "e5.vector-type",
            "e5.vector-scale",
            "e5.query-prompt",
            "e5.passage-prompt",
            "e5.prefix");
  }

  @Test
  void tablePropertiesAreReadBack() {
    assertThat(VectorProperties.of(properties("f").toMap())).contains(properties("f"));
    assertThat(VectorProperties.of(Map.of("e5.model", "m"))).isEmpty();
  }

  @Test
  void chunksAreSaidAndTellTablesApart() {
    DocumentChunks chunks = new DocumentChunks(new Chunking(64, 8), "");
    VectorProperties chunked = properties("f").with(chunks);
    assertThat(VectorProperties.of(chunked.toMap())).contains(chunked);
    assertThat(chunked.columns()).contains("v", "v_hash", "position", "start", "end", "tokens");
    assertThat(properties("f").columns()).doesNotContain("position");
    assertThatThrownBy(() -> chunked.requireSame(properties("f"), "t"))
        .hasMessageStartingWith(
            "Cannot add to table t: its vectors have chunks of at most 64 tokens, overlap 8"
                + " (model m), and this job has chunks none (");
  }

  @Test
  void tablesThatNameNoPromptsHaveThoseOfE5() {
    assertThat(unsaid(Map.of())).isEqualTo(Prompts.E5);
    assertThat(unsaid(Map.of("e5.prefix", "true"))).isEqualTo(Prompts.E5);
    assertThat(unsaid(Map.of("e5.prefix", "false"))).isEqualTo(Prompts.NONE);
  }

  private static Prompts unsaid(Map<String, String> further) {
    Map<String, String> table = properties("f", INSTRUCT, Map.of()).toMap();
    table.keySet().removeIf(key -> key.endsWith("-prompt"));
    table.putAll(further);
    return VectorProperties.of(table).orElseThrow().prompts();
  }

  @Test
  void otherPromptsAreRefusedByName() {
    Map<String, String> usual = Map.of("prefix", "true");
    properties("f").requireSame(properties("f", Prompts.NONE, usual), "t");
    assertThatThrownBy(() -> properties("f").requireSame(properties("g", INSTRUCT, usual), "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot add to table t: its vectors have prompts 'query: ' and 'passage: ' (model m),"
                + " and this job has prompts 'Instruct: {task}\\nQuery: ' and ''");
  }

  @Test
  void queriesOfAnotherTaskAreRefused() {
    VectorProperties sorting = properties("f", INSTRUCT, Map.of("task", "Sort"));
    sorting.requireSame(sorting, "t");
    assertThatThrownBy(
            () -> sorting.requireSame(properties("f", INSTRUCT, Map.of("task", "Find")), "t"))
        .hasMessageStartingWith(
            "Cannot add to table t: its vectors have task 'Sort' (model m), and this job has task 'Find'");
  }

  @Test
  void otherVectorsAreRefused() {
    properties("f").requireSame(properties("f"), "t");
    assertThatThrownBy(() -> properties("f").requireSame(properties("g"), "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot add to table t: its vectors have fingerprint f (model m), and this job has fingerprint g");
  }

  @Test
  void columnsStandBesideTheVector() {
    assertThat(new VectorColumns("v").all())
        .containsExactly("v", "v_tokens", "v_truncated", "v_error", "v_hash", "v_list");
  }

  @Test
  void binaryNeedsWholeBytesAndNormOne() {
    VectorType.BINARY.require(16, true);
    assertThatThrownBy(() -> VectorType.BINARY.require(12, true))
        .hasMessageContaining("the dimension 12 is not a multiple of 8");
    assertThatThrownBy(() -> VectorType.INT8.require(16, false))
        .hasMessageContaining("needs vectors of norm 1");
    VectorType.FLOAT.require(3, false);
  }

  @Test
  void packedFloatsMayHaveAnyNormAndHalvesMayNot() {
    VectorType.PACKED.require(3, false);
    VectorType.HALF.require(3, true);
    assertThatThrownBy(() -> VectorType.HALF.require(3, false))
        .hasMessage(
            "Invalid vector-type: half (must go with --set normalize=true, because it needs vectors of norm 1)");
  }

  @Test
  void binaryTypesNameTheirForm() {
    for (VectorType type : VectorType.values()) {
      boolean isArray = type == VectorType.FLOAT || type == VectorType.INT8;
      assertThat(type.form().map(BinaryForm::label))
          .isEqualTo(isArray ? Optional.empty() : Optional.of(type.toString()));
    }
    assertThat(VectorType.PACKED.bytes()).isEqualTo(4);
    assertThat(VectorType.HALF.bytes()).isEqualTo(2);
    assertThat(VectorType.BINARY.bytes()).isEqualTo(0.125);
  }

  @Test
  void int8ScaleCoversSixSigmas() {
    assertThat(VectorType.INT8.scale(16)).isEqualTo(6 / (127 * 4.0));
    assertThat(VectorType.FLOAT.scale(16)).isEqualTo(1);
  }
}
