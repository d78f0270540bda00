package io.e5spark.table;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.e5spark.platform.ColumnName;
import io.e5spark.platform.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The invariants of vectors before a commit.
 *
 * @param rows the number of rows
 * @param nulls the rows without a vector, although they have a text and no error
 * @param wrongDimension the vectors of another dimension
 * @param wrongNorm the vectors whose norm is not 1, or not a number
 */
public record VectorInvariants(long rows, long nulls, long wrongDimension, long wrongNorm) {
  /**
   * Counts.
   *
   * @param explained whether a row may lack a vector
   * @param normalized whether vectors have norm 1
   */
  public static VectorInvariants of(
      Dataset<Row> rows, VectorProperties properties, Column explained, NormRule normalized) {
    Column vector = ColumnName.column(properties.vectorColumn());
    VectorType type = properties.vectorType();
    Column norm = type.norm(vector, properties.dimension());
    Row counts =
        rows.agg(
                count(lit(1)),
                count_if(vector.isNull().and(not(explained))),
                count_if(
                    vector
                        .isNotNull()
                        .and(type.dimension(vector).notEqual(properties.dimension()))),
                count_if(
                    vector
                        .isNotNull()
                        .and(coalesce(normalized.broken(norm, type.normTolerance()), lit(true)))))
            .head();
    return new VectorInvariants(
        counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  /** The rule for norms. */
  public enum NormRule {
    /** The norm is 1. */
    ONE {
      @Override
      Column broken(Column norm, double tolerance) {
        return not(abs(norm.minus(1)).leq(tolerance));
      }
    },
    /** The norm is any finite number. */
    FINITE {
      @Override
      Column broken(Column norm, double tolerance) {
        return not(norm.lt(Double.POSITIVE_INFINITY));
      }
    };

    abstract Column broken(Column norm, double tolerance);
  }

  /**
   * Rejects a commit if an invariant does not hold.
   *
   * @param expected the required number of rows
   * @throws IllegalStateException with the numbers, if something does not hold
   */
  public void require(long expected) {
    List<String> broken = new ArrayList<>();
    if (rows != expected) {
      broken.add(
          String.format(
              Locale.ROOT,
              "%s would be written for %,d that were read",
              Count.of(rows, "row"),
              expected));
    }
    add(broken, nulls, "row", "with a text, but without a vector or an error");
    add(broken, wrongDimension, "vector", "of another dimension");
    add(broken, wrongNorm, "vector", "with a component that is not finite, or with another norm");
    if (!broken.isEmpty()) {
      throw new IllegalStateException("Cannot commit: " + String.join("; ", broken));
    }
  }

  private static void add(List<String> broken, long count, String noun, String fault) {
    if (count > 0) {
      broken.add(Count.of(count, noun) + " " + fault);
    }
  }
}
