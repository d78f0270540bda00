package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestPairedSides {
  private static final Attribute A = column("a", DataTypes.LongType);
  private static final Attribute B = column("b", DataTypes.LongType);
  private static final BatchEmbed CALLS = batch(many(A), call(new Hex(A)).withText(new Hex(A)));
  private static final LogicalPlan OTHER = many(B);

  private static LogicalPlan many(Attribute column) {
    return new Range(0, 1L << 40, 1, Option.empty(), ScalaBridge.seq(List.of(column)), false);
  }

  private static Join joined(LogicalPlan other, JoinType type, Expression condition) {
    return new Join(CALLS, other, type, Option.apply(condition), JoinHint.NONE());
  }

  @Test
  void sideWithCallsIsKeptBehindAShuffle() {
    Join kept = (Join) PairedSides.kept(joined(OTHER, Inner$.MODULE$, new GreaterThan(A, B)));
    Repartition shuffled = (Repartition) kept.left();
    assertThat(shuffled.shuffle()).isTrue();
    assertThat(shuffled.child()).isSameAs(CALLS);
    assertThat(kept.right()).isSameAs(OTHER);
  }

  @Test
  void pairsOfTheSidesAreAsManyAsPartitionsAreUsual() {
    Join kept = (Join) PairedSides.kept(joined(OTHER, Inner$.MODULE$, new GreaterThan(A, B)));
    int usual = CALLS.conf().numShufflePartitions();
    int each = ((Repartition) kept.left()).numPartitions();
    assertThat(each * each).isGreaterThanOrEqualTo(usual);
    assertThat((each - 1) * (each - 1)).isLessThan(usual);
  }

  @Test
  void joinsThatReadEachSideOnceStay() {
    for (Join join :
        List.of(
            joined(OTHER, Inner$.MODULE$, new EqualTo(A, B)),
            joined(OTHER, LeftOuter$.MODULE$, new GreaterThan(A, B)),
            joined(rows(B), Inner$.MODULE$, new GreaterThan(A, B)))) {
      assertThat(PairedSides.kept(join)).isSameAs(join);
    }
  }
}
