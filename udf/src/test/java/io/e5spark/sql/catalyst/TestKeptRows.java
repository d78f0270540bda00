package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestKeptRows {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final Attribute MORE = flag("more");
  private static final LogicalPlan LEFT = rows(TEXT, FLAG);
  private static final LogicalPlan RIGHT = rows(text("other"));

  private static List<LogicalPlan> sides(JoinType type) {
    return KeptRows.sides(new Join(LEFT, RIGHT, type, Option.empty(), JoinHint.NONE()));
  }

  @Test
  void aJoinKeepsTheSidesThatItDoesNotFillWithNulls() {
    assertThat(sides(Inner$.MODULE$)).containsExactly(LEFT, RIGHT);
    assertThat(sides(LeftOuter$.MODULE$)).containsExactly(LEFT);
    assertThat(sides(LeftAnti$.MODULE$)).containsExactly(LEFT);
    assertThat(sides(RightOuter$.MODULE$)).containsExactly(RIGHT);
    assertThat(sides(FullOuter$.MODULE$)).isEmpty();
  }

  @Test
  void whatGathersRowsKeepsNone() {
    assertThat(KeptRows.sides(new Filter(FLAG, LEFT))).containsExactly(LEFT);
    assertThat(KeptRows.sides(new Distinct(LEFT))).isEmpty();
  }

  @Test
  void aColumnMoreComesLast() {
    LogicalPlan wider = rows(MORE, TEXT, FLAG);
    LogicalPlan filter = KeptRows.with(new Filter(FLAG, LEFT), LEFT, wider, MORE);
    assertThat(filter.output()).isEqualTo(ScalaBridge.seq(List.of(TEXT, FLAG, MORE)));
    LogicalPlan project = KeptRows.with(project(LEFT, TEXT), LEFT, wider, MORE);
    assertThat(project.output()).isEqualTo(ScalaBridge.seq(List.of(TEXT, MORE)));
  }
}
