package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.sql.catalyst.LengthModel;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestE5Chunks {
  private static final Settings SETTINGS = Settings.read(Map.of("model", "lengths-of-e5-chunks"));
  private static final Attribute TEXT = text("text");

  @BeforeAll
  static void installModel() {
    LengthModel.install(SETTINGS);
  }

  @AfterAll
  static void freeModel() {
    SharedEmbedders.closeAll();
  }

  private static E5Chunks call(Expression... arguments) {
    return new ChunkArguments(ScalaBridge.seq(List.of(arguments))).call(SETTINGS);
  }

  private static Literal none() {
    return Literal.create(null, DataTypes.NullType);
  }

  private static Expression named(String name, Expression value) {
    return new NamedArgumentExpression(name, value);
  }

  private static E5Chunks expected(Chunking chunking, Settings settings, Expression... texts) {
    return new E5Chunks(ScalaBridge.seq(List.of(texts)), chunking, settings, InputType.PASSAGE);
  }

  @Test
  void argumentsAreKnownByPositionAndByName() {
    Expression title = text("title");
    assertThat(call(TEXT)).isEqualTo(expected(new Chunking(256, 32), SETTINGS, TEXT));
    assertThat(call(TEXT, number(100))).isEqualTo(expected(new Chunking(100, 12), SETTINGS, TEXT));
    assertThat(call(TEXT, number(100), number(5), string("other"), title))
        .isEqualTo(expected(new Chunking(100, 5), SETTINGS.withModel("other"), TEXT, title));
    assertThat(call(TEXT, named("title", title), named("OVERLAP", number(0))))
        .isEqualTo(expected(new Chunking(256, 0), SETTINGS, TEXT, title));
    assertThat(call(TEXT, none(), none(), none(), title))
        .isEqualTo(expected(new Chunking(256, 32), SETTINGS, TEXT, title));
    assertThat(call(TEXT, named("input_type", string("query"))))
        .isEqualTo(
            new E5Chunks(ScalaBridge.seq(TEXT), new Chunking(256, 32), SETTINGS, InputType.QUERY));
  }

  @Test
  void usualBudgetIsWithinTheLongestInput() {
    Settings shorter = Settings.read(Map.of("max-tokens", "128"));
    E5Chunks call = new ChunkArguments(ScalaBridge.seq(TEXT)).call(shorter);
    assertThat(call.productElement(1)).isEqualTo(new Chunking(128, 16));
  }

  @Test
  void wrongArgumentsAreRefused() {
    refused("Invalid chunk-tokens: 600 (must be from 32 to 512)", TEXT, number(600));
    refused("e5_chunks needs a whole number as tokens, got text", TEXT, TEXT);
    refused("e5_chunks needs a whole number as overlap, got 'a'", TEXT, number(64), string("a"));
    refused("e5_chunks needs a string literal as model, got 3", TEXT, none(), none(), number(3));
    refused(
        "Cannot call e5_chunks: argument tokens is given twice",
        TEXT,
        number(64),
        named("tokens", number(64)));
    refused(
        "Invalid argument of e5_chunks: heading (must be one of text, tokens, overlap, model,"
            + " title, settings, input_type)",
        TEXT,
        named("heading", string("a")));
    refused("Cannot call e5_chunks: argument text is missing", named("tokens", number(64)));
  }

  private static void refused(String message, Expression... arguments) {
    assertThatThrownBy(() -> call(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void onlyStringsHaveChunks() {
    assertThat(call(TEXT).checkInputDataTypes().isSuccess()).isTrue();
    assertThat(call(none()).checkInputDataTypes().isSuccess()).isTrue();
    assertThat(problem(call(number(1)))).isEqualTo("e5_chunks needs a string, got INT");
    assertThat(problem(call(TEXT, named("title", number(1)))))
        .isEqualTo("e5_chunks needs a string as title, got INT");
  }

  private static String problem(E5Chunks call) {
    TypeCheckResult refused = call.checkInputDataTypes();
    return ((TypeCheckResult.TypeCheckFailure) refused).message();
  }

  @Test
  void chunksAreStructs() {
    ArrayData chunks =
        (ArrayData) call(string("words and more"), number(32)).eval(InternalRow.empty());
    assertThat(chunks.numElements()).isEqualTo(1);
    InternalRow chunk = chunks.getStruct(0, 5);
    assertThat(
            List.of(
                chunk.getInt(0),
                chunk.getInt(1),
                chunk.getInt(2),
                chunk.getInt(3),
                chunk.getUTF8String(4).toString()))
        .containsExactly(0, 0, 14, 21, "words and more");
    assertThat(call(none()).eval(InternalRow.empty())).isNull();
    assertThat(call(string(" ")).eval(InternalRow.empty()))
        .matches(none -> ((ArrayData) none).numElements() == 0);
    assertThat(call(TEXT).dataType().simpleString())
        .isEqualTo("array<struct<position:int,start:int,end:int,tokens:int,text:string>>");
  }

  @Test
  void callsOfTheSamePartsAreEqual() {
    Expression other = text("other");
    E5Chunks call = call(TEXT);
    assertThat(call)
        .isEqualTo(call(TEXT))
        .hasSameHashCodeAs(call(TEXT))
        .isNotEqualTo(call(other))
        .isNotEqualTo(call(TEXT, number(64)))
        .isNotEqualTo(call(TEXT, named("model", string("other"))))
        .isNotEqualTo(call(TEXT, named("input_type", string("query"))));
    assertThat(call.withNewChildren(ScalaBridge.seq(other))).isEqualTo(call(other));
    assertThat(call.nullable()).isTrue();
    assertThat(call.foldable()).isFalse();
    assertThat(call(string("a"), named("title", TEXT)).foldable()).isFalse();
    assertThat(call(string("a")).foldable()).isTrue();
  }
}
