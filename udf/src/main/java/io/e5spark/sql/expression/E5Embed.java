package io.e5spark.sql.expression;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.Embedding;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_embed(text [, input_type [, model]])} and {@code try_e5_embed}. The optimizer lifts a
 * call into a {@link io.e5spark.sql.node.BatchEmbed}; a call that it cannot lift is evaluated here,
 * row by row, with the same result.
 */
public class E5Embed extends Expression implements CodegenFallback, Serializable {
  private final Seq<Expression> arguments;
  private final Settings settings;
  private final OnError onError;

  /**
   * A call.
   *
   * @param arguments the text, followed by the input type and the model if they are given, both
   *     literals
   * @param settings the settings of the session when the query was analyzed
   * @param onError {@link OnError#NULL} for {@code try_e5_embed}
   */
  public E5Embed(Seq<Expression> arguments, Settings settings, OnError onError) {
    this.arguments = arguments;
    this.settings = settings;
    this.onError = onError;
  }

  public final Expression text() {
    return arguments.head();
  }

  public final OnError onError() {
    return onError;
  }

  /** The side of a search that the texts are on; query if the call does not say. */
  public final InputType inputType() {
    return arguments.size() < 2 ? InputType.QUERY : InputType.of(literal(1));
  }

  /** The settings of the session, with the model that the call names. */
  public final Settings settings() {
    return arguments.size() < 3 ? settings : settings.withModel(literal(2));
  }

  public final EmbedForm form() {
    if (onError == OnError.NULL) {
      return EmbedForm.OUTCOME;
    }
    return text().dataType() instanceof ArrayType ? EmbedForm.VECTORS : EmbedForm.VECTOR;
  }

  /** The same call with another text. */
  public final E5Embed withText(Expression text) {
    List<Expression> others = ScalaBridge.list(arguments).subList(1, arguments.size());
    List<Expression> all = new java.util.ArrayList<>(List.of(text));
    all.addAll(others);
    return new E5Embed(ScalaBridge.seq(all), settings, onError);
  }

  private String literal(int position) {
    return String.valueOf(arguments.apply(position).eval(InternalRow.empty()));
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Embed(children, settings, onError);
  }

  @Override
  public DataType dataType() {
    return form().dataType();
  }

  @Override
  public boolean nullable() {
    return text().nullable();
  }

  @Override
  public boolean foldable() {
    return text().foldable();
  }

  // Spark 3.5 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public boolean nullIntolerant() {
    return true;
  }

  /**
   * Keeps Spark 4.2, in which it overrides a method, from pushing filters on the vector below it.
   */
  @SuppressWarnings("MissingOverride")
  public boolean expensive() {
    return true;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    String problem = problem();
    return problem == null
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(problem);
  }

  private @Nullable String problem() {
    if (!embeds(text().dataType())) {
      String wanted = onError == OnError.NULL ? "a string" : "a string or an array of strings";
      return "%s needs %s, got %s".formatted(prettyName(), wanted, text().dataType().sql());
    }
    for (int i = 1; i < arguments.size(); i++) {
      Expression argument = arguments.apply(i);
      if (!argument.foldable() || !(argument.dataType() instanceof StringType)) {
        return String.format(
            Locale.ROOT,
            "%s needs a string literal as argument %d, got %s",
            prettyName(),
            i + 1,
            argument.sql());
      }
    }
    try {
      inputType();
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private boolean embeds(DataType type) {
    boolean strings =
        type instanceof ArrayType array
            && onError == OnError.FAIL
            && array.elementType() instanceof StringType;
    return strings || type instanceof StringType || type instanceof NullType;
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    EmbedForm form = form();
    List<@Nullable String> texts = form.texts(text().eval(row));
    if (texts == null) {
      return null;
    }
    List<@Nullable Embedding> embeddings = Models.embedRow(settings(), inputType(), onError, texts);
    return form.value(embeddings);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return onError == OnError.NULL ? "try_e5_embed" : "e5_embed";
  }

  @Override
  public String sql() {
    return prettyName()
        + "("
        + String.join(", ", ScalaBridge.list(arguments).stream().map(Expression::sql).toList())
        + ")";
  }

  @Override
  public String toString() {
    return prettyName() + arguments.mkString("(", ", ", ")");
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof E5Embed;
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> arguments;
      case 1 -> settings;
      case 2 -> onError;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof E5Embed that
        && that.getClass() == getClass()
        && arguments.equals(that.arguments)
        && settings.equals(that.settings)
        && onError == that.onError;
  }

  @Override
  public int hashCode() {
    return Objects.hash(arguments, settings, onError);
  }
}
