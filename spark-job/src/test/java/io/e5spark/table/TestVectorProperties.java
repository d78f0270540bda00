package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link VectorProperties} and {@link VectorColumns}: what a table says of its vectors. */
class TestVectorProperties {
  private static VectorProperties properties(String fingerprint) {
    return new VectorProperties(
        "m", fingerprint, 16, InputType.QUERY, "v", VectorType.INT8, Map.of("prefix", "true"));
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
            "e5.prefix");
  }

  @Test
  void tablePropertiesAreReadBack() {
    assertThat(VectorProperties.of(properties("f").toMap())).contains(properties("f"));
    assertThat(VectorProperties.of(Map.of("e5.model", "m"))).isEmpty();
  }

  @Test
  void otherVectorsAreRefused() {
    properties("f").requireSame(properties("f"), "t");
    assertThatThrownBy(() -> properties("f").requireSame(properties("g"), "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot add to table t: its vectors have fingerprint f (model m), this job's g");
  }

  @Test
  void columnsStandBesideTheVector() {
    assertThat(new VectorColumns("v").all())
        .containsExactly("v", "v_tokens", "v_truncated", "v_error", "v_hash");
  }

  @Test
  void binaryNeedsWholeBytesAndNormOne() {
    VectorType.BINARY.require(16, true);
    assertThatThrownBy(() -> VectorType.BINARY.require(12, true))
        .hasMessageContaining("the dimension 12 is no multiple of 8");
    assertThatThrownBy(() -> VectorType.INT8.require(16, false))
        .hasMessageContaining("needs vectors of norm 1");
    VectorType.FLOAT.require(3, false);
  }

  @Test
  void int8ScaleCoversSixSigmas() {
    assertThat(VectorType.INT8.scale(16)).isEqualTo(6 / (127 * 4.0));
    assertThat(VectorType.FLOAT.scale(16)).isEqualTo(1);
  }
}
