package io.e5spark.sql.expression;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.TextEmbedder;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_tokens(text [, input_type [, model [, settings]]])}: the number of tokens of a text
 * before truncation, including the prefix and the special tokens; null for null.
 */
public final class E5Tokens extends Expression implements CodegenFallback, Serializable {
  private static final Expression ANY_TEXT = Literal.create(null, DataTypes.StringType);

  private final Expression text;

  /** The call of {@code e5_embed} whose tokens are counted, for any text. */
  private final E5Embed like;

  /** Counts the tokens of all rows of a task. */
  private transient @Nullable Counting counting;

  private record Counting(TextEmbedder embedder, InputType type) {
    static Counting of(E5Embed call) {
      TextEmbedder embedder = Models.tokenizing(Models.plan(call.settings()));
      return new Counting(embedder, call.inputType());
    }
  }

  private E5Tokens(Expression text, E5Embed like) {
    this.text = text;
    this.like = like;
  }

  /**
   * A call with the arguments of {@code e5_embed}.
   *
   * @throws IllegalArgumentException if the input type or the model is not a string literal
   */
  static E5Tokens of(Seq<Expression> arguments, Settings settings) {
    for (int i = 1; i < arguments.size(); i++) {
      Expression argument = arguments.apply(i);
      if (!argument.foldable() || !(argument.dataType() instanceof StringType)) {
        throw new IllegalArgumentException(
            "e5_tokens needs a string literal as argument %s, got %s"
                .formatted(Integer.toString(i + 1), argument.sql()));
      }
    }
    E5Embed like = new E5Embed(arguments, settings, OnError.FAIL).withText(ANY_TEXT);
    return new E5Tokens(arguments.head(), like);
  }

  @Override
  public Seq<Expression> children() {
    return ScalaBridge.seq(text);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Tokens(children.head(), like);
  }

  @Override
  public DataType dataType() {
    return DataTypes.IntegerType;
  }

  @Override
  public boolean nullable() {
    return text.nullable();
  }

  @Override
  public boolean foldable() {
    return text.foldable();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    DataType type = text.dataType();
    return type instanceof StringType || type instanceof NullType
        ? like.checkInputDataTypes()
        : new TypeCheckResult.TypeCheckFailure("e5_tokens needs a string, got " + type.sql());
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    Object value = text.eval(row);
    return value == null ? null : (Object) tokens(value.toString());
  }

  private int tokens(String value) {
    Counting own = counting;
    if (own == null) {
      own = Counting.of(like);
      counting = own;
    }
    return own.embedder.countTokens(value, own.type);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return "e5_tokens";
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof E5Tokens;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> text;
      case 1 -> like;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof E5Tokens that && text.equals(that.text) && like.equals(that.like);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, like);
  }
}
