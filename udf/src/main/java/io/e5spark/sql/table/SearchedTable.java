package io.e5spark.sql.table;

import io.e5spark.lists.StatedIndex;
import io.e5spark.model.StatedVectors;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.VectorReader;
import io.e5spark.sql.node.VectorSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A table whose vectors are compared with others.
 *
 * @param name what messages call it
 * @param plan its rows
 * @param stated what it says about its vectors; empty if it says nothing about that column
 * @param index what it says about an index over that column; empty if it has none
 * @param vector the column with the vectors
 */
record SearchedTable(
    String name,
    LogicalPlan plan,
    Optional<StatedVectors> stated,
    Optional<StatedIndex> index,
    Attribute vector) {
  private static final List<String> USUAL_IDS = List.of("id", "_id");

  /**
   * The table of an argument.
   *
   * @param column the column with the vectors; empty for the one that the table states
   * @param option the option that names this column in a call
   * @throws IllegalArgumentException if the table states none, or has no such column
   */
  static SearchedTable of(
      SparkSession session, TableArgument table, Optional<String> column, String option) {
    TableStatements statements = new TableStatements(session);
    List<StatedVectors> all = statements.vectors(table.plan());
    if (all.size() > 1 && column.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it reads several vector tables (name the column with %s)"
              .formatted(table.name(), option));
    }
    Optional<StatedVectors> stated =
        all.stream()
            .filter(one -> column.isEmpty() || column.get().equalsIgnoreCase(one.vectorColumn()))
            .findFirst();
    String name =
        column
            .or(() -> stated.map(StatedVectors::vectorColumn))
            .orElseThrow(() -> unstated(table.name(), option));
    Attribute vector = vector(table, name);
    List<StatedIndex> indexes = statements.indexes(table.plan());
    Optional<StatedIndex> index =
        stated.isPresent() && indexes.size() == 1 ? Optional.of(indexes.get(0)) : Optional.empty();
    return new SearchedTable(table.name(), table.plan(), stated, index, vector);
  }

  private static IllegalArgumentException unstated(String table, String option) {
    return new IllegalArgumentException(
        "Cannot search table %s: it has no e5.* properties, so embed did not write it (name its vector column with %s)"
            .formatted(table, option));
  }

  private static Attribute vector(TableArgument table, String name) {
    List<Attribute> columns = ScalaBridge.list(table.plan().output());
    Attribute vector =
        columns.stream()
            .filter(one -> one.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot search table %s: it has no column %s (its columns are %s)"
                            .formatted(
                                table.name(),
                                name,
                                columns.stream().map(Attribute::name).toList())));
    try {
      VectorReader.of(vector.dataType(), 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot search table %s: its column %s holds no vectors (%s)"
              .formatted(table.name(), name, e.getMessage()),
          e);
    }
    return vector;
  }

  /**
   * Checks that the vectors of another table may be compared with these, as far as both tables say.
   *
   * @throws IllegalArgumentException if they come from another model
   */
  void requireComparable(SearchedTable other) {
    if (stated.isEmpty() || other.stated.isEmpty()) {
      return;
    }
    StatedVectors ours = stated.get();
    StatedVectors theirs = other.stated.get();
    if (!ours.fingerprint().equals(theirs.fingerprint())) {
      throw new IllegalArgumentException(
          "Cannot search table %s: its vectors were made by model %s with fingerprint %s, those of table %s by %s with %s"
              .formatted(
                  name,
                  ours.model(),
                  ours.fingerprint(),
                  other.name,
                  theirs.model(),
                  theirs.fingerprint()));
    }
  }

  /** The table with other rows of the same columns. */
  SearchedTable with(LogicalPlan rows) {
    return new SearchedTable(name, rows, stated, index, vector);
  }

  /**
   * One of its columns.
   *
   * @throws IllegalArgumentException if it has no column with this name
   */
  Attribute column(String column) {
    return named(column)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot search table %s: it lacks the column %s of its index (add it to TABLE(SELECT …))"
                        .formatted(name, column)));
  }

  /** The fingerprint of its vectors; empty if it is not stated. */
  String fingerprint() {
    return stated.map(StatedVectors::fingerprint).orElse("");
  }

  /** The dimension of its vectors; 0 if it is not stated. */
  int dimension() {
    return stated.map(StatedVectors::dimension).orElse(0);
  }

  /** Its vector and ids, and all of its columns. */
  VectorSide side() {
    List<Expression> keys = new ArrayList<>(List.of(vector));
    keys.addAll(ids());
    return VectorSide.of(ScalaBridge.seq(keys), plan.output());
  }

  /** The columns that order rows with equal scores. */
  private List<Attribute> ids() {
    List<String> said = stated.map(StatedVectors::idColumns).orElse(List.of());
    List<Attribute> ids = said.stream().flatMap(this::named).toList();
    List<Attribute> known = ids.isEmpty() || ids.size() < said.size() ? usualIds() : ids;
    return known.stream().filter(id -> RowOrdering.isOrderable(id.dataType())).toList();
  }

  /** The first of the usual names, or else the first column besides the vectors. */
  private List<Attribute> usualIds() {
    Stream<Attribute> others =
        ScalaBridge.list(plan.output()).stream()
            .filter(one -> !one.exprId().equals(vector.exprId()));
    return Stream.concat(USUAL_IDS.stream().flatMap(this::named), others).limit(1).toList();
  }

  private Stream<Attribute> named(String name) {
    return ScalaBridge.list(plan.output()).stream()
        .filter(one -> one.name().equals(name) && !one.exprId().equals(vector.exprId()))
        .limit(1);
  }
}
