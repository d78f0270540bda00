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

/** Vectors that must not be committed are counted by what is wrong with them. */
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
            "Cannot commit: 5 rows would be written for 6 that were read; 1 rows have a text, no vector and no error; 1 vectors have another dimension; 3 vectors are not finite or have another norm");
  }
}
