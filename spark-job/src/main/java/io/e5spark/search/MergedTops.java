package io.e5spark.search;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Neighbours with one query number become one: the best of their documents, packed. */
final class MergedTops implements Iterator<Tuple2<Integer, byte[]>> {
  private final Iterator<Tuple2<Integer, byte[]>> sorted;
  private final int k;
  private @Nullable Tuple2<Integer, byte[]> next;

  MergedTops(Iterator<Tuple2<Integer, byte[]>> sorted, int k) {
    this.sorted = sorted;
    this.k = k;
    this.next = read();
  }

  private @Nullable Tuple2<Integer, byte[]> read() {
    return sorted.hasNext() ? sorted.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    Tuple2<Integer, byte[]> first = next;
    if (first == null) {
      throw new NoSuchElementException();
    }
    TopDocuments best = new TopDocuments(k, new DocumentIds());
    Tuple2<Integer, byte[]> one = first;
    while (one != null && one._1().equals(first._1())) {
      best.add(one._2());
      one = read();
    }
    next = one;
    return new Tuple2<>(first._1(), best.packed());
  }
}
