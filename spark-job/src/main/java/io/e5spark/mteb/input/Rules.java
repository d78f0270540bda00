package io.e5spark.mteb.input;

import io.e5spark.config.InputType;
import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.learn.Draws;
import java.util.Locale;

/** The evaluation that is repeated. */
public enum Rules {
  /**
   * The evaluation of E5's model cards: MTEB 1.0.2, raw vectors, and the query prompt before every
   * text.
   */
  CARDS(false, 3, Draws.UP_TO_1_2),
  /** MTEB 2: vectors have norm 1, and only the texts of reranking get prompts. */
  MTEB2(true, 1, Draws.FROM_1_3);

  private final boolean normalize;
  private final int starts;
  private final Draws draws;

  Rules(boolean normalize, int starts, Draws draws) {
    this.normalize = normalize;
    this.starts = starts;
    this.draws = draws;
  }

  /** Whether vectors have norm 1. */
  public boolean normalize() {
    return normalize;
  }

  /** The number of starts that k-means tries. */
  public int starts() {
    return starts;
  }

  /** The version of scikit-learn whose draws k-means makes. */
  public Draws draws() {
    return draws;
  }

  /** The side of a search that the texts of a column are on. */
  InputType inputType(TaskKind kind, String column) {
    return this == MTEB2 && isReranking(kind) && !column.equals("query")
        ? InputType.PASSAGE
        : InputType.QUERY;
  }

  /** Whether texts get a prompt. */
  public boolean prompts(TaskKind kind) {
    return this == CARDS || isReranking(kind);
  }

  private static boolean isReranking(TaskKind kind) {
    return kind == TaskKind.RERANKING || kind == TaskKind.CANDIDATE_RERANKING;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
