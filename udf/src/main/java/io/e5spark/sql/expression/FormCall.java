package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;

/** A function of a vector and of the form that it has in binary values. Null for null. */
abstract class FormCall extends Expression implements Serializable {
  private final Seq<Expression> arguments;

  /**
   * A call.
   *
   * @param arguments the vector, followed by the form, a literal, if it is given
   */
  FormCall(Seq<Expression> arguments) {
    this.arguments = arguments;
  }

  private Expression vector() {
    return arguments.head();
  }

  /**
   * The form that the call names.
   *
   * @throws IllegalArgumentException if it names none, and none is known
   */
  final BinaryForm form() {
    BinaryForm form = namedForm();
    if (form == null) {
      throw new IllegalArgumentException(noForm());
    }
    return form;
  }

  private @Nullable BinaryForm namedForm() {
    return namesForm() ? BinaryForm.named(literal()) : unnamedForm();
  }

  final boolean namesForm() {
    return arguments.size() > 1;
  }

  /** The form if the call names none; null if it must name one. */
  @Nullable BinaryForm unnamedForm() {
    return BinaryForm.PACKED;
  }

  private String noForm() {
    return namesForm()
        ? "Invalid vector type: '%s' (must be 'packed', 'half' or 'binary')".formatted(literal())
        : "%1$s needs the vector type of %2$s, because no column states it (for example %1$s(%2$s, 'packed'))"
            .formatted(
                prettyName(),
                vector() instanceof NamedExpression named ? named.name() : vector().sql());
  }

  private String literal() {
    return String.valueOf(arguments.apply(1).eval(InternalRow.empty()));
  }

  /** The type of the vector, for an error message. */
  abstract String wanted();

  abstract boolean takes(DataType type);

  /** What the function gives for a vector. */
  abstract Object of(Object vector, BinaryForm form);

  /** Java source of the function call and its type; the form follows it. */
  abstract String source(String vector);

  /** Java source of the type. */
  abstract String javaType();

  @Override
  public final TypeCheckResult checkInputDataTypes() {
    String problem = problem();
    return problem == null
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(problem);
  }

  private @Nullable String problem() {
    DataType type = vector().dataType();
    if (!takes(type) && !(type instanceof NullType)) {
      return "%s needs %s, got %s".formatted(prettyName(), wanted(), type.sql());
    }
    Expression last = arguments.last();
    if (last != vector() && !(last.foldable() && last.dataType() instanceof StringType)) {
      return "%s needs a string literal as argument 2, got %s".formatted(prettyName(), last.sql());
    }
    return namedForm() == null ? noForm() : null;
  }

  @Override
  public final @Nullable Object eval(InternalRow row) {
    Object vector = vector().eval(row);
    return vector == null ? null : of(vector, form());
  }

  @Override
  public final ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode vector = vector().genCode(context);
    String form = context.addReferenceObj("form", form(), BinaryForm.class.getName());
    String source =
        """

        boolean %1$s = %2$s;
        %3$s %4$s = %1$s ? null : %5$s, %6$s);
        """
            .formatted(
                code.isNull(),
                vector.isNull(),
                javaType(),
                code.value(),
                source(vector.value().toString()),
                form);
    CodeBlock own = new CodeBlock(ScalaBridge.seq(source), ScalaBridge.seq(java.util.List.of()));
    return code.copy(vector.code().$plus(own), code.isNull(), code.value());
  }

  @Override
  public final Seq<Expression> children() {
    return arguments;
  }

  @Override
  public final boolean nullable() {
    return vector().nullable();
  }

  @Override
  public final boolean foldable() {
    return vector().foldable();
  }

  // Spark 3.5 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public final boolean nullIntolerant() {
    return true;
  }

  @Override
  public final int productArity() {
    return 1;
  }

  @Override
  public final Object productElement(int n) {
    if (n != 0) {
      throw new IndexOutOfBoundsException(n);
    }
    return arguments;
  }

  @Override
  public final boolean canEqual(Object other) {
    return other.getClass() == getClass();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof FormCall that
        && that.canEqual(this)
        && that.unnamedForm() == unnamedForm()
        && arguments.equals(that.arguments);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(getClass(), arguments);
  }
}
