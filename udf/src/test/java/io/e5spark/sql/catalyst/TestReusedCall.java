package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;

class TestReusedCall {
  private static final Attribute TEXT = text("text");
  private static final Attribute OTHER = text("other");
  private static final Attribute FLAG = flag("flag");
  private static final LogicalPlan ROWS = rows(TEXT, OTHER, FLAG);
  private static final E5Embed CALL = call(TEXT);

  /** The call as a node holds it after planning. */
  private static final E5Embed PLANNED = CALL.withText(TEXT);

  private static final BatchEmbed COMPUTED = batch(ROWS, call(OTHER).withText(OTHER), PLANNED);
  private static final Attribute RESULT = COMPUTED.results().apply(1);

  @Test
  void resultOfTheNodeItself() {
    ReusedCall reused = ReusedCall.in(COMPUTED, CALL);
    assertThat(reused).isEqualTo(new ReusedCall(COMPUTED, RESULT));
    assertThat(ReusedCall.in(COMPUTED, call(OTHER)).result())
        .isEqualTo(COMPUTED.results().apply(0));
  }

  @Test
  void filtersAreLookedThrough() {
    Filter filter = new Filter(FLAG, COMPUTED);
    assertThat(ReusedCall.in(filter, CALL)).isEqualTo(new ReusedCall(filter, RESULT));
  }

  @Test
  void projectionHandsTheResultUp() {
    ReusedCall reused = ReusedCall.in(project(COMPUTED, TEXT), CALL);
    assertThat(reused.result()).isEqualTo(RESULT);
    assertThat(reused.plan().output()).isEqualTo(ScalaBridge.seq(List.of(TEXT, RESULT)));
  }

  @Test
  void projectionThatHasTheResultIsAsItWas() {
    LogicalPlan projection = project(COMPUTED, RESULT, TEXT);
    assertThat(ReusedCall.in(projection, CALL)).isEqualTo(new ReusedCall(projection, RESULT));
  }

  @Test
  void nodesOfOtherCallsAreLookedThrough() {
    BatchEmbed upper = batch(project(COMPUTED, TEXT), call(TEXT, string("passage")));
    ReusedCall reused = ReusedCall.in(upper, CALL);
    assertThat(reused.result()).isEqualTo(RESULT);
    assertThat(nodes(reused.plan()))
        .containsExactly("BatchEmbed", "Project", "BatchEmbed", "LocalRelation");
    assertThat(reused.plan().output())
        .isEqualTo(ScalaBridge.seq(List.of(TEXT, RESULT, upper.results().head())));
  }

  @Test
  void callOfAnotherInputTypeIsNoneOfThese() {
    assertThat(ReusedCall.in(COMPUTED, call(TEXT, string("passage")))).isNull();
    assertThat(ReusedCall.in(new Filter(FLAG, COMPUTED), call(TEXT, string("passage")))).isNull();
    assertThat(ReusedCall.in(project(COMPUTED, TEXT), call(TEXT, string("passage")))).isNull();
  }

  @Test
  void callOfWhatAProjectionComputesIsOneOfItsInput() {
    Alias made = ScalaBridge.alias("made", new Upper(TEXT));
    assertThat(ReusedCall.in(project(COMPUTED, made), call(made.toAttribute()))).isNull();
    BatchEmbed ofUpper = batch(ROWS, call(new Upper(TEXT)).withText(new Upper(TEXT)));
    assertThat(ReusedCall.in(project(ofUpper, made), call(made.toAttribute())).result())
        .isEqualTo(ofUpper.results().head());
    Alias renamed = ScalaBridge.alias("renamed", TEXT);
    assertThat(ReusedCall.in(project(COMPUTED, renamed), call(renamed.toAttribute())).result())
        .isEqualTo(RESULT);
  }

  @Test
  void callThatWasComputedForSomeRowsIsOfSomeUse() {
    Expression some = new If(FLAG, TEXT, Literal.create(null, TEXT.dataType()));
    BatchEmbed computed = batch(ROWS, CALL.withText(some));
    assertThat(ReusedCall.in(computed, CALL)).isNull();
    assertThat(ReusedCall.forSomeRows(new Filter(FLAG, computed), CALL, List.of()).result())
        .isEqualTo(computed.results().head());
    assertThat(ReusedCall.forSomeRows(computed, call(OTHER), List.of())).isNull();
    BatchEmbed ofEither = batch(ROWS, CALL.withText(new If(FLAG, TEXT, OTHER)));
    assertThat(ReusedCall.forSomeRows(ofEither, CALL, List.of())).isNull();
  }

  @Test
  void plansWithoutSuchANodeHaveNone() {
    assertThat(ReusedCall.in(ROWS, CALL)).isNull();
    assertThat(ReusedCall.in(project(new Filter(FLAG, ROWS), TEXT), CALL)).isNull();
  }
}
