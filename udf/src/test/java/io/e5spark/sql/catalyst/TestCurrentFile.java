package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.junit.jupiter.api.Test;

class TestCurrentFile {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final BatchEmbed EMBEDDED = batch(rows(TEXT, FLAG), call(TEXT).withText(TEXT));
  private static final Alias FILE = ScalaBridge.alias("path", new InputFileName());

  private static Project rewritten(LogicalPlan child) {
    Project asking = project(child, FILE);
    Project rewritten = (Project) CurrentFile.belowCalls(asking);
    assertThat(rewritten.output()).isEqualTo(asking.output());
    return rewritten;
  }

  private static boolean asks(LogicalPlan node) {
    return ScalaBridge.list(node.expressions()).stream()
        .anyMatch(expression -> expression.exists(InputFileName.class::isInstance));
  }

  @Test
  void fileIsAskedForBelowTheCalls() {
    Project above = rewritten(EMBEDDED);
    assertThat(nodes(above)).containsExactly("Project", "BatchEmbed", "Project", "LocalRelation");
    assertThat(asks(above)).isFalse();
    assertThat(asks(above.child().children().head())).isTrue();
  }

  @Test
  void columnTravelsThroughNodesBetween() {
    Project above = rewritten(project(new Filter(FLAG, EMBEDDED), TEXT));
    assertThat(asks(above)).isFalse();
    assertThat(above.resolved()).isTrue();
    assertThat(above.references().subsetOf(above.child().outputSet())).isTrue();
    assertThat(nodes(above)).endsWith("BatchEmbed", "Project", "LocalRelation");
  }

  @Test
  void planThatReadsNothingAheadIsAsItWas() {
    Project direct = project(rows(TEXT), FILE);
    assertThat(CurrentFile.belowCalls(direct)).isSameAs(direct);
    Project gathered = project(new Distinct(EMBEDDED), FILE);
    assertThat(CurrentFile.belowCalls(gathered)).isSameAs(gathered);
  }
}
