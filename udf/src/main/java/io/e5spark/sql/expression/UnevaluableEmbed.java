package io.e5spark.sql.expression;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A call as the analyzer makes it. It claims that it cannot be evaluated; otherwise Spark would
 * evaluate it on the driver, row by row, wherever the rows are local.
 */
public final class UnevaluableEmbed extends E5Embed implements Unevaluable {
  public UnevaluableEmbed(Seq<Expression> arguments, Settings settings, OnError onError) {
    super(arguments, settings, onError);
  }

  /** The same call, which claims that it cannot be evaluated. */
  public static UnevaluableEmbed of(E5Embed call) {
    return new UnevaluableEmbed(call.children(), (Settings) call.productElement(1), call.onError());
  }

  /** The same call, which says that it can be evaluated. */
  public E5Embed unmarked() {
    return withText(text());
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new UnevaluableEmbed(children, (Settings) productElement(1), onError());
  }

  @Override
  public boolean foldable() {
    return super.foldable();
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    return super.eval(row);
  }

  @Override
  public @Nullable InternalRow eval$default$1() {
    return null;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return super.doGenCode(context, code);
  }
}
