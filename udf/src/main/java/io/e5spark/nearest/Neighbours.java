package io.e5spark.nearest;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The rows of queries beside what was found for their keys; both sides are sorted by key. */
final class Neighbours implements Iterator<Neighbour> {
  private final Iterator<Tuple2<String, byte[]>> queries;
  private final Iterator<Tuple2<String, byte[]>> tops;
  private final Unmatched unmatched;
  private @Nullable Tuple2<String, byte[]> top;
  private Iterator<Neighbour> found = Collections.emptyIterator();

  Neighbours(
      Iterator<Tuple2<String, byte[]>> queries,
      Iterator<Tuple2<String, byte[]>> tops,
      Unmatched unmatched) {
    this.queries = queries;
    this.tops = tops;
    this.unmatched = unmatched;
  }

  @Override
  public boolean hasNext() {
    while (!found.hasNext() && queries.hasNext()) {
      Tuple2<String, byte[]> one = queries.next();
      found = found(Candidate.unpacked(one._2()).row(), scored(one._1()));
    }
    return found.hasNext();
  }

  /** Equal queries are next to each other, and get the same rows. */
  private List<Scored> scored(String key) {
    while (tops.hasNext() && (top == null || top._1().compareTo(key) < 0)) {
      top = tops.next();
    }
    return top != null && top._1().equals(key) ? TopDocuments.unpacked(top._2()) : List.of();
  }

  private Iterator<Neighbour> found(byte[] query, List<Scored> rows) {
    if (rows.isEmpty() && unmatched == Unmatched.KEPT) {
      return List.of(Neighbour.none(query)).iterator();
    }
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new Neighbour(query, rows.get(i).row(), rows.get(i).score(), i + 1))
        .iterator();
  }

  @Override
  public Neighbour next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return found.next();
  }
}
