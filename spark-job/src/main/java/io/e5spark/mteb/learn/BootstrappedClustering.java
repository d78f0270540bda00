package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.PythonRandom;
import io.e5spark.mteb.score.VMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The clustering of MTEB 2: for each level of labels, documents are drawn with replacement and
 * clustered several times. One stream of random numbers runs through the whole task. Not
 * thread-safe.
 */
public final class BootstrappedClustering {
  private static final int SEED = 42;

  private final PythonRandom random = new PythonRandom(SEED);
  private final int drawn;
  private final int rounds;
  private final int batchSize;
  private final Draws draws;

  /**
   * Starts a task.
   *
   * @param drawn the number of documents per round
   * @param rounds the rounds per level
   * @param batchSize the batch size of k-means
   */
  public BootstrappedClustering(int drawn, int rounds, int batchSize, Draws draws) {
    this.drawn = drawn;
    this.rounds = rounds;
    this.batchSize = batchSize;
    this.draws = draws;
  }

  /**
   * The numbers of the documents to embed, in the order in which they are clustered.
   *
   * @param documents the number of documents
   * @param most the most documents to embed
   */
  public int[] sample(int documents, int most) {
    return random.sample(documents, Math.min(documents, most));
  }

  /**
   * The V-measures of the rounds of each level.
   *
   * @param vectors the vectors of the sampled documents
   * @param labels the labels of the same documents, coarsest level first; a document may lack the
   *     last ones
   */
  public List<double[]> vMeasures(float[][] vectors, List<List<String>> labels) {
    int levels = labels.stream().mapToInt(List::size).max().orElse(0);
    List<double[]> measures = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      measures.add(ofLevel(level, vectors, labels));
    }
    return measures;
  }

  private double[] ofLevel(int level, float[][] vectors, List<List<String>> labels) {
    int[] having =
        IntStream.range(0, vectors.length).filter(i -> labels.get(i).size() > level).toArray();
    int clusters =
        (int) IntStream.of(having).mapToObj(i -> labels.get(i).get(level)).distinct().count();
    MiniBatchKMeans kMeans = new MiniBatchKMeans(clusters, batchSize, 1, SEED, draws);
    double[] measures = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      int[] chosen = random.choices(having.length, drawn);
      float[][] rows =
          IntStream.of(chosen).mapToObj(i -> vectors[having[i]]).toArray(float[][]::new);
      List<String> truth =
          IntStream.of(chosen).mapToObj(i -> labels.get(having[i]).get(level)).toList();
      measures[round] = VMeasure.of(truth, kMeans.fit(rows).labels());
    }
    return measures;
  }
}
