package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Settings;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.sql.expression.EmbedForm;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.expression.UnevaluableEmbed;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestCatalogFunction {
  private static final Settings SETTINGS = Settings.read(Map.of("model", "lengths-of-catalog"));

  @BeforeAll
  static void installModel() {
    LengthModel.install(SETTINGS);
  }

  @AfterAll
  static void freeModel() {
    SharedEmbedders.closeAll();
  }

  private static CatalogFunction bound(SqlFunction function, DataType... types) {
    StructType input = new StructType();
    for (int i = 0; i < types.length; i++) {
      input = input.add("argument" + i, types[i]);
    }
    CatalogFunction unbound = new CatalogFunction(function, SETTINGS, List.of());
    return (CatalogFunction) unbound.bind(input);
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  @Test
  void boundFunctionHasTheTypesOfItsArguments() {
    CatalogFunction embed =
        bound(SqlFunction.E5_EMBED, DataTypes.createArrayType(DataTypes.StringType));
    assertThat(embed.inputTypes()).containsExactly(DataTypes.createArrayType(DataTypes.StringType));
    assertThat(embed.resultType()).isEqualTo(EmbedForm.VECTORS.dataType());
    assertThat(bound(SqlFunction.E5_TOKENS, DataTypes.StringType).resultType())
        .isEqualTo(DataTypes.IntegerType);
  }

  @Test
  void literalsAreReadOnlyWhenTheyAreKnown() {
    CatalogFunction tokens =
        bound(SqlFunction.E5_TOKENS, DataTypes.StringType, DataTypes.StringType);
    assertThat(tokens.resultType()).isEqualTo(DataTypes.IntegerType);
    UTF8String text = UTF8String.fromString("words");
    assertThat(tokens.produceResult(row(text, UTF8String.fromString("passage")))).isEqualTo(12);
  }

  @Test
  void typeThatTheFunctionDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> bound(SqlFunction.E5_EMBED, DataTypes.IntegerType))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("embed does not take struct<argument0:int>");
  }

  @Test
  void rowIsEmbedded() {
    CatalogFunction embed = bound(SqlFunction.E5_EMBED, DataTypes.StringType);
    ArrayData vector = (ArrayData) embed.produceResult(row(UTF8String.fromString("words")));
    assertThat(vector.toFloatArray()).containsExactly(5, 5);
    assertThat(embed.produceResult(row((Object) null))).isNull();
  }

  @Test
  void similarityOfARow() {
    CatalogFunction similarity =
        bound(SqlFunction.E5_SIMILARITY, EmbedForm.VECTOR_TYPE, EmbedForm.VECTOR_TYPE);
    ArrayData vector = new GenericArrayData(new float[] {1, 2});
    assertThat(similarity.produceResult(row(vector, vector))).isEqualTo(5.0);
    assertThat(similarity.produceResult(row(vector, null))).isNull();
  }

  @Test
  void nameAndDescription() {
    CatalogFunction function = new CatalogFunction(SqlFunction.TRY_E5_EMBED, SETTINGS, List.of());
    assertThat(function.name()).isEqualTo("try_embed");
    assertThat(function.canonicalName()).isEqualTo("io.e5spark.try_embed");
    assertThat(function.description()).isEqualTo(SqlFunction.TRY_E5_EMBED.info().getUsage());
  }

  @Test
  void appliedFunctionBecomesACallThatCanBeLifted() {
    Expression text = text("text");
    CatalogFunction embed = bound(SqlFunction.E5_EMBED, DataTypes.StringType);
    Expression applied = new ApplyFunctionExpression(embed, ScalaBridge.seq(text));
    UnevaluableEmbed call = (UnevaluableEmbed) CatalogFunction.liftable(applied);
    assertThat(call.text()).isSameAs(text);
    assertThat(call.settings()).isEqualTo(SETTINGS);
    assertThat(CatalogFunction.liftable(text)).isSameAs(text);
  }
}
