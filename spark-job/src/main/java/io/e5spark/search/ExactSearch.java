package io.e5spark.search;

import io.e5spark.metric.ScoredDocument;
import io.e5spark.nearest.BalancedCoalescer;
import io.e5spark.nearest.Candidate;
import io.e5spark.nearest.Candidates;
import io.e5spark.nearest.MergedTops;
import io.e5spark.nearest.SearchPartition;
import io.e5spark.nearest.TopDocuments;
import io.e5spark.sql.expression.VectorReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Option;
import scala.Tuple2;

/**
 * The nearest documents of many queries by dot product, exact. Documents stay where they are;
 * blocks of queries are sent to them, and only the best documents of each task come back. The same
 * rows give the same result, however they are partitioned.
 */
public final class ExactSearch {
  /** Bounds what a task keeps for a block of queries. */
  private static final long BYTES_A_BLOCK = 64L << 20;

  private static final int BYTES_A_DOCUMENT = 16;

  private final int k;
  private final boolean keepIdenticalIds;

  /**
   * A search.
   *
   * @param k the number of documents per query
   * @param keepIdenticalIds whether a query may find the document with its id
   */
  public ExactSearch(int k, boolean keepIdenticalIds) {
    this.k = k;
    this.keepIdenticalIds = keepIdenticalIds;
  }

  /**
   * Searches.
   *
   * @param documents the id and the vector, in this order; vectors are {@code array<float>} or
   *     binary
   * @param found called for each query, in order, with its documents, best first
   */
  public void run(
      Dataset<Row> documents,
      QueryVectors queries,
      BiConsumer<String, List<ScoredDocument>> found) {
    int block = (int) Math.max(1, BYTES_A_BLOCK / BYTES_A_DOCUMENT / k);
    for (int first = 0; first < queries.size(); first += block) {
      QueryVectors part = queries.part(first, Math.min(queries.size(), first + block));
      forEachQuery(search(documents, part), part, found);
    }
  }

  /** Every query once, including those without a result. */
  private static void forEachQuery(
      List<Tuple2<Integer, byte[]>> sorted,
      QueryVectors queries,
      BiConsumer<String, List<ScoredDocument>> found) {
    int next = 0;
    for (Tuple2<Integer, byte[]> one : sorted) {
      for (; next < one._1(); next++) {
        found.accept(queries.ids().get(next), List.of());
      }
      found.accept(queries.ids().get(next++), documents(one._2()));
    }
    for (; next < queries.size(); next++) {
      found.accept(queries.ids().get(next), List.of());
    }
  }

  private static List<ScoredDocument> documents(byte[] packed) {
    return TopDocuments.unpacked(packed).stream()
        .map(one -> new ScoredDocument(TrecOrder.id(one.row()), one.score()))
        .toList();
  }

  /**
   * The numbers of the queries in order, each once, with the best documents of all tasks, packed.
   */
  private List<Tuple2<Integer, byte[]>> search(Dataset<Row> documents, QueryVectors queries) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext());
    JavaRDD<InternalRow> rows = documents.queryExecution().toRdd().toJavaRDD();
    Broadcast<QueryVectors> sent = context.broadcast(queries);
    VectorReader reader =
        VectorReader.of(documents.schema().fields()[1].dataType(), queries.dimension());
    try {
      return search(context, rows, reader, sent, queries.size());
    } finally {
      sent.destroy();
    }
  }

  private List<Tuple2<Integer, byte[]>> search(
      JavaSparkContext context,
      JavaRDD<InternalRow> rows,
      VectorReader reader,
      Broadcast<QueryVectors> sent,
      int queries) {
    int limit = k;
    boolean keep = keepIdenticalIds;
    return fewTasks(rows, context.defaultParallelism())
        .mapPartitionsToPair(
            part -> partition(sent.value(), limit, keep).search(candidates(part, reader)))
        .repartitionAndSortWithinPartitions(new InOrder(context.defaultParallelism(), queries))
        .mapPartitions(parts -> new MergedTops<>(parts, limit, TrecOrder.INSTANCE))
        .collect();
  }

  private static SearchPartition partition(QueryVectors queries, int k, boolean keepIdenticalIds) {
    byte[][] ids = queries.encodedIds();
    return new SearchPartition(
        queries.vectors(),
        k,
        TrecOrder.INSTANCE,
        keepIdenticalIds
            ? SearchPartition.Exclusion.NONE
            : (query, document) -> QueryVectors.same(ids[query], document));
  }

  /** The documents that have a complete vector. */
  private static Iterator<Candidate> candidates(Iterator<InternalRow> rows, VectorReader vectors) {
    return Candidates.of(rows, row -> vectors.read(row, 1), row -> row.getUTF8String(0).getBytes());
  }

  /** Each task sends its best documents, however few it had. */
  private static JavaRDD<InternalRow> fewTasks(JavaRDD<InternalRow> rows, int tasks) {
    return rows.getNumPartitions() <= tasks
        ? rows
        : rows.rdd()
            .coalesce(tasks, false, Option.apply(new BalancedCoalescer()), null)
            .toJavaRDD();
  }

  /** Partitions with consecutive query numbers. */
  private static final class InOrder extends Partitioner {
    private final int partitions;
    private final int queries;

    InOrder(int partitions, int queries) {
      this.partitions = partitions;
      this.queries = queries;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object query) {
      return (int) ((long) (Integer) query * partitions / queries);
    }
  }
}
