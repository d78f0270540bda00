package io.e5spark.sql.guard;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are each reached under a condition on the other, such as {@code coalesce(p AND test(a)
 * AND test(b), test(a))}. The call that some rows reach without the other is computed first, for
 * these rows; then the condition on it is known wherever the other call may be reached.
 *
 * @param first the call, for the rows that reach it under conditions without calls
 * @param result its result
 * @param freed the calls whose conditions are then known
 */
public record Circle(E5Embed first, Attribute result, List<GuardedCall> freed) {

  /** The first call of a circle in which all calls wait; null if there is none. */
  public static @Nullable Circle opened(List<GuardedCall> waiting) {
    return waiting.stream()
        .map(call -> opened(call, waiting))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Circle opened(GuardedCall call, List<GuardedCall> waiting) {
    Expression early = call.early();
    if (early == null) {
      return null;
    }
    E5Embed first = new GuardedCall(call.call(), early).lifted();
    Attribute result = BatchEmbed.result(first);
    List<GuardedCall> freed =
        waiting.stream()
            .filter(other -> isKnown(call.call(), early, other.guard()))
            .map(other -> with(call.call(), result, other))
            .filter(other -> !other.waits())
            .toList();
    return freed.isEmpty() ? null : new Circle(first, result, freed);
  }

  /** Whether a condition needs the call only where another condition holds. */
  private static boolean isKnown(E5Embed call, Expression early, @Nullable Expression guard) {
    return guard != null
        && GuardedCalls.all(List.of(guard)).stream()
            .filter(one -> one.call().semanticEquals(call))
            .allMatch(one -> one.guard() != null && Guards.implies(one.guard(), early));
  }

  private static GuardedCall with(E5Embed call, Attribute result, GuardedCall other) {
    Expression known =
        Objects.requireNonNull(other.guard())
            .transformDown(ScalaBridge.rewrite(node -> node.semanticEquals(call) ? result : node));
    return new GuardedCall(other.call(), known);
  }
}
