package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.model.EmbeddingException;
import io.e5spark.sql.catalyst.LengthModel;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestE5Embed {
  private static final DataType STRINGS = DataTypes.createArrayType(DataTypes.StringType);
  private static final Settings SETTINGS = Settings.read(Map.of("model", "lengths-of-e5-embed"));
  private static final Attribute TEXT = text("text");

  @BeforeAll
  static void installModel() {
    LengthModel.install(SETTINGS);
  }

  @AfterAll
  static void freeModel() {
    SharedEmbedders.closeAll();
  }

  private static E5Embed call(Expression... arguments) {
    return new E5Embed(ScalaBridge.seq(List.of(arguments)), SETTINGS, OnError.FAIL);
  }

  private static E5Embed tried(Expression... arguments) {
    return new E5Embed(ScalaBridge.seq(List.of(arguments)), SETTINGS, OnError.NULL);
  }

  private static Object value(E5Embed call) {
    return call.eval(InternalRow.empty());
  }

  private static String problem(E5Embed call) {
    return ((TypeCheckResult.TypeCheckFailure) call.checkInputDataTypes()).message();
  }

  @Test
  void formFollowsFromTheFunctionAndTheTypeOfTheText() {
    Expression strings = column("texts", STRINGS);
    assertThat(call(TEXT).form()).isEqualTo(EmbedForm.VECTOR);
    assertThat(call(strings).form()).isEqualTo(EmbedForm.VECTORS);
    assertThat(tried(TEXT).form()).isEqualTo(EmbedForm.OUTCOME);
    assertThat(call(strings).dataType()).isEqualTo(EmbedForm.VECTORS.dataType());
  }

  @Test
  void textsAreQueriesUnlessTheCallSaysSo() {
    assertThat(call(TEXT).inputType()).isEqualTo(InputType.QUERY);
    assertThat(call(TEXT, string("passage")).inputType()).isEqualTo(InputType.PASSAGE);
  }

  @Test
  void modelOfTheCallReplacesTheOneOfTheSession() {
    assertThat(call(TEXT, string("query")).settings()).isSameAs(SETTINGS);
    assertThat(call(TEXT, string("query"), string("other")).settings())
        .isEqualTo(SETTINGS.withModel("other"));
  }

  @Test
  void stringsAndArraysOfStringsAreEmbedded() {
    assertThat(call(TEXT).checkInputDataTypes().isSuccess()).isTrue();
    assertThat(call(column("texts", STRINGS)).checkInputDataTypes().isSuccess()).isTrue();
    assertThat(call(Literal.create(null, DataTypes.NullType)).checkInputDataTypes().isSuccess())
        .isTrue();
    assertThat(tried(TEXT, string("passage")).checkInputDataTypes().isSuccess()).isTrue();
  }

  @Test
  void otherTypesAreRefused() {
    assertThat(problem(call(number(1))))
        .isEqualTo("e5_embed needs a string or an array of strings, got INT");
    assertThat(problem(call(column("ids", DataTypes.createArrayType(DataTypes.IntegerType)))))
        .isEqualTo("e5_embed needs a string or an array of strings, got ARRAY<INT>");
    assertThat(problem(tried(column("texts", STRINGS))))
        .isEqualTo("try_e5_embed needs a string, got ARRAY<STRING>");
  }

  @Test
  void otherArgumentsAreStringLiterals() {
    assertThat(problem(call(TEXT, text("type"))))
        .isEqualTo("e5_embed needs a string literal as argument 2, got type");
    assertThat(problem(call(TEXT, string("query"), number(3))))
        .isEqualTo("e5_embed needs a string literal as argument 3, got 3");
    assertThat(problem(call(TEXT, string("document"))))
        .isEqualTo("Invalid input type: 'document' (must be 'query' or 'passage')");
  }

  @Test
  void callIsNullableAndFoldableAsItsTextIs() {
    assertThat(call(string("words")).nullable()).isFalse();
    assertThat(call(TEXT).nullable()).isTrue();
    assertThat(call(string("words")).foldable()).isTrue();
    assertThat(call(TEXT, string("query")).foldable()).isFalse();
  }

  @Test
  void rowIsEmbedded() {
    ArrayData vector = (ArrayData) value(call(string("words"), string("passage")));
    assertThat(vector.toFloatArray()).containsExactly(5, 7);
    assertThat(value(call(Literal.create(null, DataTypes.StringType)))).isNull();
  }

  @Test
  void arrayOfARowIsEmbedded() {
    ArrayData texts = new GenericArrayData(new Object[] {UTF8String.fromString("abc"), null});
    ArrayData vectors = (ArrayData) value(call(new Literal(texts, STRINGS)));
    assertThat(vectors.getArray(0).toFloatArray()).containsExactly(3, 5);
    assertThat(vectors.isNullAt(1)).isTrue();
    assertThat(value(call(Literal.create(null, STRINGS)))).isNull();
  }

  @Test
  void errorFailsTheCallOrStandsInItsResult() {
    assertThatThrownBy(() -> value(call(string("bad")))).isInstanceOf(EmbeddingException.class);
    InternalRow outcome = (InternalRow) value(tried(string("bad")));
    assertThat(outcome.isNullAt(0)).isTrue();
    assertThat(outcome.getUTF8String(3).toString()).isEqualTo("Cannot embed bad");
  }

  @Test
  void sqlIsTheCallAsItIsWritten() {
    assertThat(call(TEXT, string("passage")).sql()).isEqualTo("e5_embed(text, 'passage')");
    assertThat(tried(string("words")).sql()).isEqualTo("try_e5_embed('words')");
    assertThat(call(string("a"), string("query"))).hasToString("e5_embed(a, query)");
  }

  @Test
  void callOfAnotherTextKeepsTheRest() {
    Attribute other = text("other");
    E5Embed moved = tried(TEXT, string("passage"), string("m")).withText(other);
    assertThat(moved).isEqualTo(tried(other, string("passage"), string("m")));
  }

  @Test
  void callsAreEqualWhoseArgumentsSettingsAndWayWithErrorsAre() {
    E5Embed call = call(TEXT);
    assertThat(call)
        .isEqualTo(call(TEXT))
        .hasSameHashCodeAs(call(TEXT))
        .isNotEqualTo(tried(TEXT))
        .isNotEqualTo(call(text("other")))
        .isNotEqualTo(new E5Embed(call.children(), Settings.read(Map.of()), OnError.FAIL))
        .isNotEqualTo(new UnevaluableEmbed(call.children(), SETTINGS, OnError.FAIL));
    assertThat(call.canonicalized()).isEqualTo(call(TEXT).canonicalized());
  }

  @Test
  void copiesOfACallAreOfItsClass() {
    Attribute other = text("other");
    Expression marked = new UnevaluableEmbed(call(TEXT).children(), SETTINGS, OnError.NULL);
    Expression copy = marked.withNewChildren(ScalaBridge.seq((Expression) other));
    assertThat(copy)
        .isEqualTo(
            new UnevaluableEmbed(ScalaBridge.seq((Expression) other), SETTINGS, OnError.NULL));
    assertThat(call(TEXT).withNewChildren(ScalaBridge.seq((Expression) other)))
        .isEqualTo(call(other));
  }

  @Test
  void markedCallIsEvaluatedAllTheSame() {
    UnevaluableEmbed marked =
        new UnevaluableEmbed(ScalaBridge.seq(string("words")), SETTINGS, OnError.FAIL);
    assertThat(((ArrayData) value(marked)).toFloatArray()).containsExactly(5, 5);
    assertThat(marked.foldable()).isTrue();
  }
}
