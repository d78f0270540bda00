package io.e5spark.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.table.VectorInvariants;
import io.e5spark.table.VectorInvariants.NormRule;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorType;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Tests that vectors that must not be committed are counted by their defect. */
class TestVectorInvariants {
  private static final VectorProperties PROPERTIES =
      new VectorProperties(
          "m", "f", 2, InputType.PASSAGE, "v", VectorType.FLOAT, Prompts.E5, Map.of());

  private static VectorInvariants of(String rows, NormRule norm) {
    Dataset<Row> table =
        Cli.spark()
            .sql("SELECT cast(v AS array<float>) AS v, ok FROM VALUES " + rows + " AS t(v, ok)");
    return VectorInvariants.of(table, PROPERTIES, col("ok"), norm);
  }

  @Test
  void goodVectorsPass() {
    String good = "(array(0.6, 0.8), false), (array(0.0, -1.0005), false), (null, true)";
    assertThat(of(good, NormRule.ONE)).isEqualTo(new VectorInvariants(3, 0, 0, 0));
    assertThatCode(() -> of(good, NormRule.ONE).require(3)).doesNotThrowAnyException();
  }

  @Test
  void eachWrongIsCounted() {
    String bad =
        "(null, false), (array(1.0), false), (array(0.6, 0.9), false),"
            + " (array(cast('NaN' AS float), 0.0), false), (array(null, 1.0), false)";
    assertThat(of(bad, NormRule.ONE)).isEqualTo(new VectorInvariants(5, 1, 1, 3));
    assertThat(of(bad, NormRule.FINITE)).isEqualTo(new VectorInvariants(5, 1, 1, 2));
    assertThatThrownBy(() -> of(bad, NormRule.ONE).require(6))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot commit: 5 rows would be written for 6 that were read; 1 row with a text, but without a vector or an error; 1 vector of another dimension; 3 vectors with a component that is not finite, or with another norm");
  }

  private static VectorInvariants ofBinary(VectorType type, String rows) {
    VectorProperties properties =
        new VectorProperties("m", "f", 2, InputType.PASSAGE, "v", type, Prompts.E5, Map.of());
    Dataset<Row> table = Cli.spark().sql("SELECT * FROM VALUES " + rows + " AS t(v, ok)");
    return VectorInvariants.of(table, properties, col("ok"), NormRule.ONE);
  }

  @Test
  void packedVectorsAreCountedLikewise() {
    String good = "(X'9A99193FCDCC4C3F', false), (null, true)";
    String bad =
        "(null, false), (X'9A99193FCDCC4C3F00', false), (X'0000803F', false), (X'', false),"
            + " (X'9A99193F6666663F', false), (X'0000C07F00000000', false)";
    assertThat(ofBinary(VectorType.PACKED, good)).isEqualTo(new VectorInvariants(2, 0, 0, 0));
    assertThat(ofBinary(VectorType.PACKED, bad)).isEqualTo(new VectorInvariants(6, 1, 3, 4));
    assertThat(ofBinary(VectorType.HALF, "(X'CD386A3A', false)"))
        .isEqualTo(new VectorInvariants(1, 0, 0, 0));
    assertThat(ofBinary(VectorType.HALF, "(X'CD386A3A0000', false), (X'CD386A', false)"))
        .isEqualTo(new VectorInvariants(2, 0, 2, 1));
  }
}
