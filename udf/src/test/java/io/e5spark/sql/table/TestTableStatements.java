package io.e5spark.sql.table;

import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.StatedVectors;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestTableStatements {
  /** A table that has only properties. */
  private record Stated(Map<String, String> properties) implements Table {
    @Override
    public String name() {
      return "stated";
    }

    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
      return new StructType();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of();
    }
  }

  private static LogicalPlan table(Map<String, String> properties) {
    return DataSourceV2Relation.create(new Stated(properties), Option.empty(), Option.empty());
  }

  private static LogicalPlan vectors(String column) {
    return table(
        Map.of(
            "e5.model",
            "m",
            "e5.fingerprint",
            "f",
            "e5.dimension",
            "3",
            "e5.input-type",
            "passage",
            "e5.vector-column",
            column));
  }

  private static List<String> columns(LogicalPlan... tables) {
    LogicalPlan all = new Union(ScalaBridge.seq(List.of(tables)), false, false);
    return new TableStatements(null)
        .vectors(all).stream().map(StatedVectors::vectorColumn).toList();
  }

  @Test
  void everyTableThatAQueryReadsIsAsked() {
    assertThat(columns(vectors("a"), vectors("b"))).containsExactly("a", "b");
  }

  @Test
  void sameStatementCountsOnce() {
    assertThat(columns(vectors("a"), vectors("a"))).containsExactly("a");
  }

  @Test
  void rowsThatAreNoTablesAndTablesOfOthersSayNothing() {
    assertThat(columns(rows(text("text")), table(Map.of("owner", "me")))).isEmpty();
  }
}
