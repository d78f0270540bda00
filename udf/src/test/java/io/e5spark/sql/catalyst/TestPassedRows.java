package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestPassedRows {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final LogicalPlan ROWS = rows(TEXT, FLAG);

  @Test
  void rowsPassThroughProjectionsFiltersAndCalls() {
    assertThat(PassedRows.sides(project(ROWS, TEXT))).containsExactly(ROWS);
    assertThat(PassedRows.sides(new Filter(FLAG, ROWS))).containsExactly(ROWS);
    assertThat(PassedRows.sides(batch(ROWS, call(TEXT)))).containsExactly(ROWS);
  }

  @Test
  void shuffleEndsWhatCoalescingPasses() {
    assertThat(PassedRows.sides(new Repartition(2, false, ROWS))).containsExactly(ROWS);
    assertThat(PassedRows.sides(new Repartition(2, true, ROWS))).isEmpty();
  }

  @Test
  void whatCollectsRowsPassesNone() {
    assertThat(PassedRows.sides(new Distinct(ROWS))).isEmpty();
    assertThat(PassedRows.sides(ROWS)).isEmpty();
  }

  @Test
  void joinOfSidesThatReadNoFilesPassesNone() {
    Join join = new Join(ROWS, rows(text("b")), Inner$.MODULE$, Option.empty(), JoinHint.NONE());
    assertThat(PassedRows.sides(join)).isEmpty();
  }
}
