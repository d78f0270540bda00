package io.e5spark.sql.table;

import io.e5spark.sql.expression.AdjustedVector;
import io.e5spark.sql.expression.AdjustedVector.Adjustment;
import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.E5Unpack;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.DataTypes;

/**
 * A ranking of pairs by the dot product of two vectors, the greatest first.
 *
 * @param left an array of the left row of the pair
 * @param right an array of its right row
 */
record DotRanking(Expression left, Expression right) {
  private static final String SPARKS = "org.apache.spark.sql.catalyst.expressions.Vector";
  private static final String PRODUCT = SPARKS + "InnerProduct";
  private static final String COSINE = SPARKS + "CosineSimilarity";

  /** The ranking of a join if it is one; a difference from a number, or a negative, also ranks. */
  static Optional<DotRanking> of(NearestBy join) {
    return of(join.ranking(), join.greatestFirst(), join);
  }

  private static Optional<DotRanking> of(Expression ranking, boolean greatest, NearestBy join) {
    if (ranking instanceof UnaryMinus minus) {
      return of(minus.child(), !greatest, join);
    }
    if (ranking instanceof Subtract difference && isNumber(difference.left())) {
      return of(difference.right(), !greatest, join);
    }
    if (ranking instanceof Cast cast && widens(cast)) {
      return of(cast.child(), greatest, join);
    }
    return ofVectors(ranking, join).map(found -> greatest ? found : found.opposite());
  }

  private static boolean widens(Cast cast) {
    return cast.dataType().equals(DataTypes.DoubleType)
        && cast.child().dataType().equals(DataTypes.FloatType);
  }

  private static boolean isNumber(Expression expression) {
    return expression.foldable()
        && expression.deterministic()
        && expression.eval(InternalRow.empty()) instanceof Number number
        && Double.isFinite(number.doubleValue());
  }

  private static Optional<DotRanking> ofVectors(Expression ranking, NearestBy join) {
    String name = ranking.getClass().getName();
    if (ranking instanceof E5Similarity || name.equals(PRODUCT)) {
      return ofArguments(ranking, join);
    }
    return name.equals(COSINE)
        ? ofArguments(ranking, join).map(DotRanking::unit)
        : Optional.empty();
  }

  private static Optional<DotRanking> ofArguments(Expression product, NearestBy join) {
    Optional<Expression> first = E5Unpack.asArray(product.children().apply(0));
    Optional<Expression> second = E5Unpack.asArray(product.children().apply(1));
    return first.flatMap(a -> second.flatMap(b -> between(a, b, join)));
  }

  private static Optional<DotRanking> between(Expression a, Expression b, NearestBy join) {
    return Optional.of(new DotRanking(a, b))
        .filter(one -> one.fits(join))
        .or(() -> Optional.of(new DotRanking(b, a)).filter(one -> one.fits(join)));
  }

  private boolean fits(NearestBy join) {
    return left.references().subsetOf(join.left().outputSet())
        && right.references().subsetOf(join.right().outputSet());
  }

  private DotRanking unit() {
    return new DotRanking(
        new AdjustedVector(left, Adjustment.UNIT), new AdjustedVector(right, Adjustment.UNIT));
  }

  private DotRanking opposite() {
    return new DotRanking(new AdjustedVector(left, Adjustment.OPPOSITE), right);
  }
}
