package io.e5spark.sql.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The conditions of an {@code AND}, divided into two parts that keep their order.
 *
 * @param chosen the conditions of one kind
 * @param rest the others
 */
public record Conjuncts(List<Expression> chosen, List<Expression> rest) {

  public static Conjuncts divided(Expression condition, Predicate<Expression> kind) {
    Map<Boolean, List<Expression>> parts =
        of(condition).stream().collect(Collectors.partitioningBy(kind));
    return new Conjuncts(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
  }

  /** The conditions, in their order. */
  public static List<Expression> of(Expression condition) {
    if (!(condition instanceof And and)) {
      return List.of(condition);
    }
    List<Expression> conjuncts = new ArrayList<>(of(and.left()));
    conjuncts.addAll(of(and.right()));
    return conjuncts;
  }

  /**
   * All of these conditions, combined.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public static Expression all(List<Expression> conditions) {
    return conditions.stream().reduce(And::new).orElseThrow();
  }
}
