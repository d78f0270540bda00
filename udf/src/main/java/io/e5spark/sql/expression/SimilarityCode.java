package io.e5spark.sql.expression;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.jspecify.annotations.Nullable;

/**
 * The Java source that Spark compiles for an {@link E5Similarity}.
 *
 * @param code the names of its result
 */
record SimilarityCode(CodegenContext context, ExprCode code) {
  /**
   * The source for a vector that is the same in every row and is unpacked once.
   *
   * @param constant the vector; null if there is none, or it has a null element
   * @param constantForm its form, which is known
   */
  ExprCode withConstant(
      Expression varying, VectorForm form, @Nullable Object constant, VectorForm constantForm) {
    ExprCode a = varying.genCode(context);
    if (constant == null) {
      return generated(a.code(), "true", "0.0");
    }
    float[] floats = constantForm.toFloats(constant);
    String b = context.addReferenceObj("vector", floats, "float[]");
    return generated(a.code(), a.isNull() + orHasNull(varying, a), form.product(a.value(), b));
  }

  /** The source for two vectors of each row. */
  ExprCode ofTwo(Expression left, Expression right, VectorPair forms) {
    ExprCode a = left.genCode(context);
    ExprCode b = right.genCode(context);
    return generated(
        a.code().$plus(b.code()),
        a.isNull() + " || " + b.isNull() + orHasNull(left, a) + orHasNull(right, b),
        forms.product(a.value(), b.value()));
  }

  private static String orHasNull(Expression expression, ExprCode code) {
    return VectorForm.mayHoldNull(expression.dataType())
        ? " || " + VectorForm.hasNull(code.value())
        : "";
  }

  private ExprCode generated(Block before, String isNull, String value) {
    String source =
        """

        boolean %1$s = %3$s;
        double %2$s = %1$s ? 0.0 : %4$s;
        """
            .formatted(code.isNull(), code.value(), isNull, value);
    CodeBlock own = new CodeBlock(ScalaBridge.seq(source), ScalaBridge.seq(List.of()));
    return code.copy(before.$plus(own), code.isNull(), code.value());
  }
}
