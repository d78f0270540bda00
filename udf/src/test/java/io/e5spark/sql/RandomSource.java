package io.e5spark.sql;

import java.util.List;

/**
 * The columns that expressions may use.
 *
 * @param from the FROM clause of a query
 * @param key a column with distinct values
 * @param texts columns of texts that are never null
 * @param numbers columns of numbers that are never null
 * @param group a column with few distinct values
 * @param risky a column with texts that fail where {@code key % 5 = 0}, or an empty string
 * @param moved whether a join or a sort comes before the select list
 */
record RandomSource(
    String from,
    String key,
    List<String> texts,
    List<String> nullable,
    List<String> numbers,
    List<String> vectors,
    String group,
    String risky,
    boolean moved) {
  RandomSource ordered() {
    return new RandomSource(from, key, texts, nullable, numbers, vectors, group, risky, true);
  }

  static RandomSource documents(String d) {
    return new RandomSource(
        "docs " + d,
        d + ".id",
        List.of(d + ".title", "upper(" + d + ".title)"),
        List.of(d + ".text"),
        List.of(d + ".id", "length(" + d + ".title)"),
        List.of(),
        d + ".lang",
        d + ".risky",
        false);
  }

  static RandomSource notes(String n) {
    return small("notes", n);
  }

  static RandomSource localRows(String n) {
    String rows = "values (0L, 'n zero', 'x'), (2L, 'n two', 'y'), (7L, 'n seven', 'x')";
    return small("(select * from " + rows + " as v(k, note, kind))", n);
  }

  private static RandomSource small(String table, String n) {
    return new RandomSource(
        table + " " + n,
        n + ".k",
        List.of(n + ".note", "concat(" + n + ".note, " + n + ".kind)"),
        List.of("nullif(" + n + ".note, 'n two')"),
        List.of(n + ".k"),
        List.of(),
        n + ".kind",
        "",
        false);
  }

  /** Returns the table's columns without an alias. */
  static RandomSource bare(String table) {
    return new RandomSource(
        table, "k", List.of("note"), List.of("note"), List.of("k"), List.of(), "kind", "", false);
  }
}
