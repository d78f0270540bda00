package io.e5spark.eval;

import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes a run file in the form that trec_eval and BEIR read, with scores in single precision. */
public final class TrecRunWriter implements AutoCloseable {
  private static final String TAG = "e5-spark";

  private final Writer writer;
  private final String location;

  public TrecRunWriter(DataFile file) {
    location = file.location();
    try {
      writer = file.writer();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes the documents that were found for a query, best first. */
  public void write(String query, List<ScoredDocument> found) {
    try {
      for (int i = 0; i < found.size(); i++) {
        ScoredDocument one = found.get(i);
        writer.write(
            query
                + " Q0 "
                + one.document()
                + ' '
                + (i + 1)
                + ' '
                + (float) one.score()
                + ' '
                + TAG
                + '\n');
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("Cannot write %s: %s".formatted(location, e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
