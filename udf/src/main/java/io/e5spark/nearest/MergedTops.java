package io.e5spark.nearest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Merges neighbours with the same query into one, with the best of their documents, packed.
 *
 * @param <K> the type that identifies a query
 */
public final class MergedTops<K> implements Iterator<Tuple2<K, byte[]>> {
  private final Iterator<Tuple2<K, byte[]>> sorted;
  private final int k;
  private final RowOrder order;
  private @Nullable Tuple2<K, byte[]> next;

  public MergedTops(Iterator<Tuple2<K, byte[]>> sorted, int k, RowOrder order) {
    this.sorted = sorted;
    this.k = k;
    this.order = order;
    this.next = read();
  }

  private @Nullable Tuple2<K, byte[]> read() {
    return sorted.hasNext() ? sorted.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Tuple2<K, byte[]> next() {
    Tuple2<K, byte[]> first = next;
    if (first == null) {
      throw new NoSuchElementException();
    }
    TopDocuments best = new TopDocuments(k, new DocumentIds(), order);
    Tuple2<K, byte[]> one = first;
    while (one != null && one._1().equals(first._1())) {
      best.add(one._2());
      one = read();
    }
    next = one;
    return new Tuple2<>(first._1(), best.packed());
  }
}
