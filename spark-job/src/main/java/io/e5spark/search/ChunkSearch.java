package io.e5spark.search;

import io.e5spark.metric.ScoredDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The nearest documents of many queries, each by its best chunk, exact: the search fetches more
 * chunks until they belong to enough documents.
 *
 * @param k the number of documents per query
 * @param keepIdenticalIds whether a query may find the document with its id
 */
public record ChunkSearch(int k, boolean keepIdenticalIds) {
  private static final int CHUNKS_PER_DOCUMENT = 4;
  private static final int QUERIES_AT_ONCE = 1_000;

  /**
   * Searches.
   *
   * @param chunks the ids of their documents and their vectors, in this order
   * @param found called for each query, in order, with its documents, best first
   */
  public void run(
      Dataset<Row> chunks, QueryVectors queries, BiConsumer<String, List<ScoredDocument>> found) {
    for (int first = 0; first < queries.size(); first += QUERIES_AT_ONCE) {
      QueryVectors part = queries.part(first, Math.min(queries.size(), first + QUERIES_AT_ONCE));
      Map<String, List<ScoredDocument>> complete = complete(chunks, part);
      part.ids().forEach(query -> found.accept(query, complete.getOrDefault(query, List.of())));
    }
  }

  private Map<String, List<ScoredDocument>> complete(Dataset<Row> chunks, QueryVectors queries) {
    Map<String, List<ScoredDocument>> complete = new HashMap<>();
    QueryVectors left = queries;
    for (int depth = k; left.size() > 0; ) {
      depth = deeper(depth);
      int most = depth;
      new ExactSearch(most, keepIdenticalIds)
          .run(chunks, left, (query, found) -> add(complete, query, found, most));
      left = without(left, complete);
    }
    return complete;
  }

  /** The number of chunks to look for after too few. */
  static int deeper(int depth) {
    return (int) Math.min(Integer.MAX_VALUE, (long) CHUNKS_PER_DOCUMENT * depth);
  }

  private void add(
      Map<String, List<ScoredDocument>> complete,
      String query,
      List<ScoredDocument> chunks,
      int most) {
    List<ScoredDocument> documents = best(chunks);
    if (documents.size() == k || chunks.size() < most) {
      complete.put(query, documents);
    }
  }

  /** The first chunk of each document. */
  private List<ScoredDocument> best(List<ScoredDocument> chunks) {
    Set<String> seen = new HashSet<>();
    List<ScoredDocument> documents = new ArrayList<>();
    for (ScoredDocument chunk : chunks) {
      if (documents.size() < k && seen.add(chunk.document())) {
        documents.add(chunk);
      }
    }
    return documents;
  }

  private static QueryVectors without(
      QueryVectors queries, Map<String, List<ScoredDocument>> complete) {
    int[] left =
        IntStream.range(0, queries.size())
            .filter(at -> !complete.containsKey(queries.ids().get(at)))
            .toArray();
    return new QueryVectors(
        IntStream.of(left).mapToObj(queries.ids()::get).toList(),
        IntStream.of(left).mapToObj(queries.vectors()::get).toList());
  }
}
