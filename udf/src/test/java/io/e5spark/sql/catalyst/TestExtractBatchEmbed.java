package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.only;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.EmbedForm;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.expression.UnevaluableEmbed;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestExtractBatchEmbed {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final LogicalPlan ROWS = rows(TEXT, FLAG);

  private static Alias vector(Expression call) {
    return ScalaBridge.alias("vector", call);
  }

  /**
   * Returns the plan with its calls in separate nodes, and asserts that its output is unchanged.
   */
  private static LogicalPlan extracted(LogicalPlan plan) {
    LogicalPlan rewritten = new ExtractBatchEmbed().apply(plan);
    assertThat(rewritten.output()).isEqualTo(plan.output());
    assertThat(rewritten.resolved()).isTrue();
    rewritten.foreach(
        node -> {
          assertThat(node.missingInput().isEmpty()).as(node.nodeName()).isTrue();
          boolean outside = !(node instanceof BatchEmbed) && holdsCall(node);
          assertThat(outside).as(node.nodeName()).isFalse();
          return scala.runtime.BoxedUnit.UNIT;
        });
    return rewritten;
  }

  private static boolean holdsCall(LogicalPlan node) {
    return ScalaBridge.list(node.expressions()).stream().anyMatch(GuardedCall::isIn);
  }

  private static E5Embed onlyCall(LogicalPlan plan) {
    BatchEmbed embed = only(plan, BatchEmbed.class);
    assertThat(embed.calls().size()).isEqualTo(1);
    return (E5Embed) embed.calls().head();
  }

  @Test
  void callOfAProjectionIsComputedBelowIt() {
    LogicalPlan plan = extracted(project(ROWS, TEXT, vector(call(TEXT))));
    assertThat(nodes(plan)).startsWith("Project", "BatchEmbed").endsWith("LocalRelation");
    assertThat(onlyCall(plan)).isEqualTo(call(TEXT).withText(TEXT));
  }

  @Test
  void columnsThatNobodyNeedsAreDropped() {
    LogicalPlan plan = extracted(project(ROWS, vector(call(TEXT))));
    assertThat(only(plan, BatchEmbed.class).child().output()).isEqualTo(ScalaBridge.seq(TEXT));
  }

  @Test
  void equalCallsAreComputedOnce() {
    Project plan = project(ROWS, vector(call(TEXT)), ScalaBridge.alias("again", call(TEXT)));
    onlyCall(extracted(plan));
  }

  @Test
  void callsOfOneInputTypeShareANode() {
    Attribute title = text("title");
    Project plan =
        project(
            rows(TEXT, title),
            vector(call(TEXT)),
            ScalaBridge.alias("title", call(title)),
            ScalaBridge.alias("passage", call(TEXT, string("passage"))));
    List<String> found = nodes(extracted(plan));
    assertThat(found).filteredOn("BatchEmbed"::equals).hasSize(2);
  }

  @Test
  void cheapConditionsComeBeforeCalls() {
    Expression condition = new And(new IsNotNull(call(TEXT)), FLAG);
    LogicalPlan plan = extracted(new Filter(condition, ROWS));
    BatchEmbed embed = only(plan, BatchEmbed.class);
    assertThat(embed.exists(node -> node instanceof Filter filter && filter.condition() == FLAG))
        .isTrue();
    assertThat(nodes(plan)).filteredOn("Filter"::equals).hasSize(2);
  }

  @Test
  void callOfAFilterIsReusedAbove() {
    Filter filter = new Filter(new IsNotNull(call(TEXT)), ROWS);
    onlyCall(extracted(project(filter, vector(call(TEXT)))));
  }

  @Test
  void callThatAFilterComputedForSomeRowsIsComputedForTheRestAbove() {
    Filter filter = new Filter(new Or(FLAG, new IsNotNull(call(TEXT))), ROWS);
    LogicalPlan plan = extracted(project(filter, vector(call(TEXT))));
    BatchEmbed above = (BatchEmbed) plan.children().head();
    BatchEmbed below = only(above.child(), BatchEmbed.class);
    Attribute known = below.results().head();
    assertThat(((E5Embed) above.calls().head()).text())
        .isEqualTo(new If(new IsNull(known), TEXT, Literal.create(null, DataTypes.StringType)));
    assertThat(((Alias) ((Project) plan).projectList().head()).child())
        .isEqualTo(new Coalesce(ScalaBridge.seq(List.of(known, above.results().head()))));
  }

  @Test
  void limitIsTakenBeforeCalls() {
    LogicalPlan plan =
        extracted(new GlobalLimit(number(10), project(ROWS, TEXT, vector(call(TEXT)))));
    assertThat(only(plan, BatchEmbed.class).exists(GlobalLimit.class::isInstance)).isTrue();
  }

  @Test
  void eachSideOfAJoinEmbedsItsOwn() {
    Attribute other = text("other");
    Expression similar =
        new GreaterThan(
            new E5Similarity(call(TEXT), call(other)), Literal.create(0.5, DataTypes.DoubleType));
    Join join = new Join(ROWS, rows(other), Inner$.MODULE$, Option.apply(similar), JoinHint.NONE());
    Join embedded = only(extracted(join), Join.class);
    assertThat(onlyCall(embedded.left()).text()).isEqualTo(TEXT);
    assertThat(onlyCall(embedded.right()).text()).isEqualTo(other);
  }

  @Test
  void conditionGuardsTheCall() {
    Expression none = Literal.create(null, EmbedForm.VECTOR_TYPE);
    LogicalPlan plan = extracted(project(ROWS, vector(new If(FLAG, call(TEXT), none))));
    assertThat(onlyCall(plan).text())
        .isEqualTo(new If(FLAG, TEXT, Literal.create(null, DataTypes.StringType)));
  }

  @Test
  void callWhoseConditionIsACallIsComputedAfterIt() {
    Attribute title = text("title");
    Expression none = Literal.create(null, EmbedForm.VECTOR_TYPE);
    Expression guarded = new If(new IsNull(call(title)), call(TEXT), none);
    List<String> found = nodes(extracted(project(rows(TEXT, title), vector(guarded))));
    assertThat(found).filteredOn("BatchEmbed"::equals).hasSize(2);
  }

  @Test
  void plansWithoutCallsStay() {
    Project plain = project(ROWS, TEXT);
    assertThat(new ExtractBatchEmbed().apply(plain)).isSameAs(plain);
    Project constant = project(ROWS, vector(call(string("words"))));
    assertThat(new ExtractBatchEmbed().apply(constant)).isSameAs(constant);
  }

  @Test
  void planIsExtractedOnce() {
    LogicalPlan once = extracted(project(ROWS, TEXT, vector(call(TEXT))));
    assertThat(new ExtractBatchEmbed().apply(once)).isSameAs(once);
  }

  @Test
  void correlatedSubqueriesStay() {
    Project project = project(ROWS, vector(call(TEXT)));
    Subquery correlated = new Subquery(project, true);
    assertThat(new ExtractBatchEmbed().apply(correlated)).isSameAs(correlated);
    assertThat(nodes(new ExtractBatchEmbed().apply(new Subquery(project, false))))
        .contains("BatchEmbed");
  }

  @Test
  void constantCallBesideOthersCanBeEvaluatedAgain() {
    Alias constant = ScalaBridge.alias("constant", call(string("words")));
    LogicalPlan plan = extracted(project(ROWS, vector(call(TEXT)), constant));
    assertThat(onlyCall(plan).text()).isEqualTo(TEXT);
    E5Embed left = (E5Embed) ((Alias) ((Project) plan).projectList().apply(1)).child();
    assertThat(left).isNotInstanceOf(UnevaluableEmbed.class);
  }

  @Test
  void functionsOfTheCatalogAreLifted() {
    StructType arguments = new StructType().add("text", DataTypes.StringType);
    CatalogFunction function =
        (CatalogFunction)
            new CatalogFunction(SqlFunction.E5_EMBED, Plans.SETTINGS, List.<DataType>of())
                .bind(arguments);
    Expression applied = new ApplyFunctionExpression(function, ScalaBridge.seq((Expression) TEXT));
    LogicalPlan plan = new ExtractBatchEmbed().apply(project(ROWS, vector(applied)));
    assertThat(onlyCall(plan).text()).isEqualTo(TEXT);
  }
}
