package io.e5spark.sql.catalyst;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
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
 * {@code e5_tokens(text)}: tokens of a text before it is cut, prefix and special tokens included;
 * null for null.
 */
public final class E5Tokens extends Expression implements CodegenFallback, Serializable {
  private final Expression text;
  private final Settings settings;

  public E5Tokens(Expression text, Settings settings) {
    this.text = text;
    this.settings = settings;
  }

  @Override
  public Seq<Expression> children() {
    return ScalaBridge.seq(text);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Tokens(children.head(), settings);
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
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure("e5_tokens needs a string, got " + type.sql());
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    Object value = text.eval(row);
    return value == null
        ? null
        : (Object) Models.countTokens(settings, InputType.QUERY, value.toString());
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
      case 1 -> settings;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof E5Tokens that
        && text.equals(that.text)
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, settings);
  }
}
