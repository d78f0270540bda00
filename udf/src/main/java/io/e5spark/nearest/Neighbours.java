package io.e5spark.nearest;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Query rows beside what was found for their keys, both sorted by key. */
final class Neighbours implements Iterator<Neighbour> {
  private final Iterator<Tuple2<String, byte[]>> queries;
  private final Iterator<Tuple2<String, byte[]>> tops;
  private @Nullable Tuple2<String, byte[]> top;
  private Iterator<Scored> found = Collections.emptyIterator();
  private byte[] query = {};
  private int rank;

  Neighbours(Iterator<Tuple2<String, byte[]>> queries, Iterator<Tuple2<String, byte[]>> tops) {
    this.queries = queries;
    this.tops = tops;
  }

  @Override
  public boolean hasNext() {
    while (!found.hasNext() && queries.hasNext()) {
      Tuple2<String, byte[]> one = queries.next();
      query = Candidate.unpacked(one._2()).row();
      found = found(one._1()).iterator();
      rank = 0;
    }
    return found.hasNext();
  }

  /** Equal queries stand side by side, and take the same. */
  private List<Scored> found(String key) {
    while (tops.hasNext() && (top == null || top._1().compareTo(key) < 0)) {
      top = tops.next();
    }
    return top != null && top._1().equals(key) ? TopDocuments.unpacked(top._2()) : List.of();
  }

  @Override
  public Neighbour next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Scored one = found.next();
    return new Neighbour(query, one.row(), one.score(), ++rank);
  }
}
