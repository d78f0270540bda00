package io.e5spark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The expressions of a {@link RandomQuery}, and the calls in them. */
final class RandomExpressions {
  private final Random random;
  private final List<String> calls = new ArrayList<>();
  private int numbers;

  /** Whether conditions may have subqueries, which become joins. */
  private boolean subqueries;

  RandomExpressions(Random random) {
    this.random = random;
    subqueries = random.nextInt(3) == 0;
  }

  /**
   * Returns a condition of a join, without subqueries. Spark copies conditions on the key to both
   * sides, with their subqueries.
   */
  String onPairs(RandomSource s) {
    boolean before = subqueries;
    subqueries = false;
    String made = condition(s, 1);
    subqueries = before;
    return made;
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  private String one(Supplier<String>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  static List<String> join(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  String cheap(RandomSource s) {
    return one(
        () -> s.group() + " in ('en', 'x')",
        () -> s.key() + " % 3 <> " + random.nextInt(3),
        () -> any(s.nullable()) + " is not null",
        () -> any(s.texts()) + " like '%1%'",
        () -> s.key() + " between 1 and 9",
        () ->
            "exists(array("
                + any(s.texts())
                + ", 'y'), x -> length(x) > "
                + random.nextInt(12)
                + ")",
        () -> subqueries ? s.key() + " in (select k from notes)" : s.key() + " in (2, 3, 4)");
  }

  String condition(RandomSource s, int depth) {
    if (depth == 0) {
      return one(() -> cheap(s), () -> compared(s, 0));
    }
    return one(
        () -> cheap(s),
        () -> compared(s, depth - 1),
        () -> compared(s, depth - 1),
        () -> "(" + cheap(s) + " and " + condition(s, depth - 1) + ")",
        () -> pattern("(%s and %s)", condition(s, depth - 1), () -> condition(s, depth - 1)),
        () -> pattern("(%s or %s)", condition(s, depth - 1), () -> condition(s, depth - 1)),
        () -> "not (" + condition(s, depth - 1) + ")",
        () -> pattern("if(%s, %s, null)", condition(s, depth - 1), () -> condition(s, depth - 1)),
        () -> pattern("coalesce(%s, %s)", condition(s, depth - 1), () -> condition(s, depth - 1)),
        () -> subqueries ? subquery(s) : cheap(s));
  }

  private String subquery(RandomSource s) {
    String inner = compared(RandomSource.bare("notes"), 0);
    return one(
        () -> s.key() + " in (select k from notes where " + inner + ")",
        () -> s.key() + " not in (select k from notes where " + inner + ")",
        () -> "exists (select 1 from notes where k = " + s.key() + " and " + inner + ")");
  }

  /** Fills a pattern with a condition and two expressions that the condition guards. */
  private String pattern(String pattern, String condition, Supplier<String> then) {
    return pattern.formatted(condition, then.get(), then.get());
  }

  private String compared(RandomSource s, int depth) {
    String number = number(s, depth);
    return one(
        () -> number + " > " + random.nextInt(20),
        () -> number + " between " + random.nextInt(12) + " and 17",
        () -> number + " in (9, 11, 12, 13)",
        () -> number + " is null",
        () -> number + " <=> 12");
  }

  String number(RandomSource s, int depth) {
    if (depth == 0) {
      return one(() -> any(s.numbers()), () -> vector(s, 0) + "[0]");
    }
    return one(
        () -> any(s.numbers()),
        () -> vector(s, depth - 1) + "[0]",
        () -> vector(s, depth - 1) + "[0]",
        () -> "e5_similarity(" + present(vector(s, depth - 1)) + ", " + vector(s, depth - 1) + ")",
        () -> "e5_similarity(" + vector(s, depth - 1) + ", e5_embed('a literal'))",
        () -> "(coalesce(" + number(s, depth - 1) + ", 0) + " + number(s, depth - 1) + ")",
        () -> pattern("if(%s, %s, 1)", condition(s, depth - 1), () -> number(s, depth - 1)),
        () -> pattern("if(%s, %s, %s)", condition(s, depth - 1), () -> number(s, depth - 1)),
        () -> cases(s, depth - 1),
        () -> pattern("coalesce(%s, %s)", number(s, depth - 1), () -> number(s, depth - 1)),
        () -> "nullif(" + number(s, depth - 1) + ", 12)",
        () -> tried(any(s.texts())) + ".tokens",
        () -> "aggregate(transform(array(1, 2), x -> x + 1), 0, (a, x) -> a + x)",
        () -> "aggregate(" + present(vector(s, 0)) + ", 0d, (a, x) -> a + x)",
        () ->
            subqueries
                ? "(select max(" + vector(RandomSource.bare("notes"), 0) + "[0]) from notes)"
                : any(s.numbers()));
  }

  private String cases(RandomSource s, int depth) {
    String first = condition(s, depth);
    String value = number(s, depth);
    String second = condition(s, depth);
    String other = number(s, depth);
    return "case when %s then %s when %s then %s else %s end"
        .formatted(first, value, second, other, any(s.numbers()));
  }

  /**
   * Replaces null with a vector, because a null operand does not keep the next operand from the
   * model.
   */
  private static String present(String vector) {
    return "coalesce(" + vector + ", array(1f, 1f, 1f))";
  }

  String vector(RandomSource s, int depth) {
    if (depth == 0) {
      return s.vectors().isEmpty() || random.nextBoolean() ? known(s) : any(s.vectors());
    }
    return one(
        () -> known(s),
        () -> vector(s, 0),
        () -> call(text(s)),
        () -> pattern("case when %s then %s end", condition(s, depth - 1), () -> vector(s, 0)),
        () -> pattern("if(%s, %s, %s)", condition(s, depth - 1), () -> known(s)),
        () -> pattern("coalesce(%s, %s)", vector(s, depth - 1), () -> vector(s, depth - 1)),
        () -> "transform(" + vector(s, 0) + ", x -> x + 1f)",
        () ->
            "element_at("
                + call("array(" + any(s.texts()) + ", " + any(s.nullable()) + ")")
                + ", 2)",
        () -> s.risky().isEmpty() ? known(s) : guarded(s),
        () ->
            "transform(array(1f, 1f, 1f), x -> cast(x + coalesce("
                + number(s, 0)
                + ", 0) as float))");
  }

  /** Returns a call that fails for rows that do not reach it. */
  private String guarded(RandomSource s) {
    return one(
        () -> "case when " + s.key() + " % 5 <> 0 then " + call(s.risky()) + " end",
        () -> "if(" + s.risky() + " like 'bad%', null, " + call(s.risky()) + ")",
        () -> tried(s.risky()) + ".embedding");
  }

  private String text(RandomSource s) {
    return one(
        () -> any(s.texts()),
        () -> any(s.nullable()),
        () -> "coalesce(" + any(s.nullable()) + ", " + any(s.texts()) + ")",
        () -> "concat_ws(' ', transform(split(" + any(s.texts()) + ", ' '), x -> upper(x)))",
        () -> "concat(" + any(s.texts()) + ", cast(" + known(s) + "[0] as string))");
  }

  /** Returns a call that the query already has, or a new call. */
  String known(RandomSource s) {
    if (s.key().equals("k")) {
      return call(any(s.texts()));
    }
    String text = any(join(s.texts(), s.nullable()));
    List<String> same =
        calls.stream().filter(call -> call.startsWith("e5_embed(concat(" + text + ",")).toList();
    return same.isEmpty() || random.nextInt(3) == 0 ? call(text) : any(same);
  }

  /** Returns a call that occurs only once in the query. */
  private String tried(String text) {
    return "try_e5_embed(concat(" + text + ", ' #" + numbers++ + "'))";
  }

  String call(String text) {
    String number = "' #" + numbers++ + "'";
    String numbered =
        text.startsWith("array(")
            ? "transform(" + text + ", x -> concat(x, " + number + "))"
            : "concat(" + text + ", " + number + ")";
    String type = random.nextInt(4) == 0 ? ", 'passage'" : "";
    String call = "e5_embed(" + numbered + type + ")";
    calls.add(call);
    return call;
  }
}
