package io.e5spark.sql;

import java.util.List;
import java.util.Random;

/**
 * A random query over the tables of {@link TestRandomQueries}, which a seed decides. The texts of
 * each call have a number, for example {@code #7}, which identifies what was embedded for the call.
 */
final class RandomQuery {
  /** The depth to which expressions and queries are nested. */
  private static final int DEPTH = 3;

  private final Random random;
  private final RandomExpressions make;
  private int names;

  private RandomQuery(long seed) {
    random = new Random(seed);
    make = new RandomExpressions(random);
  }

  static String of(long seed) {
    return new RandomQuery(seed).query();
  }

  private String name(String kind) {
    return kind + names++;
  }

  private String query() {
    RandomSource source = source(DEPTH);
    return switch (random.nextInt(6)) {
      case 0 -> select(source.ordered()) + " order by 1";
      case 1 -> select(source.ordered()) + " order by 1 limit " + (1 + random.nextInt(9));
      case 2 -> select(source.ordered()) + " order by 1 desc limit 4 offset " + random.nextInt(4);
      case 3 -> select(source) + make.any(List.of(" union all ", " union ")) + select(source(1));
      default -> select(source);
    };
  }

  private RandomSource source(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0
          ? RandomSource.localRows(name("n"))
          : RandomSource.documents(name("d"));
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> nested(depth - 1);
      case 2, 3 -> joined(depth - 1);
      case 4 ->
          random.nextBoolean() ? RandomSource.documents(name("d")) : RandomSource.notes(name("n"));
      default -> RandomSource.documents(name("d"));
    };
  }

  private RandomSource nested(int depth) {
    String limit = random.nextInt(4) == 0 ? " order by k limit " + (3 + random.nextInt(9)) : "";
    RandomSource inner = limit.isEmpty() ? source(depth) : source(depth).ordered();
    String alias = name("q");
    String spread = make.any(List.of("", "", "/*+ REPARTITION(3) */"));
    String sql =
        "select %s %s k, %s t, %s n, %s m, %s v, %s g from %s%s"
            .formatted(
                spread,
                inner.key(),
                make.any(inner.texts()),
                make.any(inner.nullable()),
                "coalesce(" + make.number(inner, 1) + ", 0)",
                make.vector(inner, 2),
                inner.group(),
                inner.from(),
                where(inner));
    return new RandomSource(
        "(" + sql + limit + ") " + alias,
        alias + ".k",
        List.of(alias + ".t"),
        List.of(alias + ".n"),
        List.of(alias + ".m", alias + ".k"),
        List.of(alias + ".v"),
        alias + ".g",
        "",
        inner.moved() || !spread.isEmpty());
  }

  /** Returns pairs of rows with equal keys. The columns of the right side may be null. */
  private RandomSource joined(int depth) {
    RandomSource left = source(depth);
    RandomSource right = random.nextBoolean() ? RandomSource.notes(name("n")) : source(0);
    String type = make.any(List.of("join", "left join", "left semi join", "left anti join"));
    String more = "";
    if (type.equals("join") || type.equals("left join")) {
      more =
          random.nextBoolean() ? " and " + make.onPairs(random.nextBoolean() ? left : right) : "";
    } else if (random.nextBoolean()) {
      more = " and " + make.condition(right, 1);
    }
    String on = " on %s = %s%s".formatted(left.key(), right.key(), more);
    String from =
        type.equals("left join") && names % 2 == 0
            ? right.from() + " right join (" + left.from() + ")" + on
            : left.from() + " " + type + " " + right.from() + on;
    boolean both = type.equals("join");
    return new RandomSource(
        from,
        left.key(),
        both ? RandomExpressions.join(left.texts(), right.texts()) : left.texts(),
        type.equals("left join")
            ? RandomExpressions.join(left.nullable(), right.texts())
            : left.nullable(),
        left.numbers(),
        left.vectors(),
        left.group(),
        left.risky(),
        true);
  }

  private String select(RandomSource source) {
    return switch (random.nextInt(8)) {
      case 0 -> grouped(source);
      case 1 -> windowed(source);
      case 2 -> groupedByCall(source);
      case 3 -> exploded(source);
      default ->
          "select %scast(%s as string) k, %s a, cast(%s as string) b from %s%s"
              .formatted(
                  random.nextInt(5) == 0 ? "distinct " : "",
                  source.key(),
                  "cast(" + make.number(source, DEPTH) + " as double)",
                  make.vector(source, DEPTH),
                  source.from(),
                  where(source));
    };
  }

  private String grouped(RandomSource source) {
    String value = make.any(List.of("max", "min", "count", "count(distinct "));
    String aggregate =
        value.endsWith(" ")
            ? value + make.number(source, 2) + ")"
            : value + "(" + make.number(source, 2) + ")";
    String filter = random.nextBoolean() ? " filter (where " + make.condition(source, 1) + ")" : "";
    String having =
        random.nextInt(3) == 0 ? " having max(length(" + make.any(source.texts()) + ")) > 7" : "";
    String ofGroup =
        make.call("concat(" + source.group() + ", max(" + make.any(source.texts()) + "))");
    return "select cast(%1$s as string) k, cast(%2$s%3$s as double) a, cast(%4$s as string) b from %5$s%6$s group by %1$s%7$s"
        .formatted(
            source.group(), aggregate, filter, ofGroup, source.from(), where(source), having);
  }

  private String groupedByCall(RandomSource source) {
    String key = make.vector(source, 1) + "[0]";
    return "select cast(%1$s as string) k, cast(max(%2$s) as double) a, cast(count(*) as string) b from %3$s%4$s group by %1$s having count(%5$s) < 20"
        .formatted(key, make.number(source, 1), source.from(), where(source), make.known(source));
  }

  private String exploded(RandomSource source) {
    String text = make.any(RandomExpressions.join(source.texts(), source.nullable()));
    String from =
        "(select *, %s k_, %s t_ from %s%s) %s lateral view %sexplode(split(%s.t_, ' ')) w as word"
            .formatted(
                source.key(),
                text,
                source.from(),
                where(source),
                "e",
                random.nextBoolean() ? "outer " : "",
                "e");
    return "select cast(concat(e.k_, word) as string) k, cast(%s[0] as double) a, cast(%s as string) b from %s"
        .formatted(make.call("e.t_"), make.call("concat(word, e.k_)"), from);
  }

  private String windowed(RandomSource source) {
    String window = " over (partition by " + source.group() + " order by (" + source.key() + "))";
    return "select cast(%s as string) k, cast(%s(%s)%s as double) a, cast(%s as string) b from %s%s"
        .formatted(
            source.key(),
            make.any(List.of("sum", "max", "lag", "first_value")),
            make.number(source, 2),
            window,
            make.call("concat(" + make.any(source.texts()) + ", row_number()" + window + ")"),
            source.from(),
            where(source));
  }

  private String where(RandomSource source) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    return " where " + chance(source) + make.condition(source, DEPTH);
  }

  /** Returns a condition that has one result for each row, although Spark takes it for random. */
  private String chance(RandomSource source) {
    return switch (random.nextInt(8)) {
      case 0 -> source.moved() ? "" : "rand(5) < 0.7 and ";
      case 1 -> "reflect('java.lang.Long', 'bitCount', " + source.key() + ") <> '2' and ";
      default -> "";
    };
  }
}
