package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.report.Work;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TestErrorHandler {
  private final StringWriter err = new StringWriter();

  private int handle(Exception exception) throws Exception {
    CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err, true));
    CommandLine.ParseResult arguments = command.parseArgs();
    return new ErrorHandler().handleExecutionException(exception, command, arguments);
  }

  @Test
  void whatTheCallerGaveIsExitCodeTwo() throws Exception {
    assertThat(handle(new IllegalArgumentException("Invalid k: 0 (must be at least 1)")))
        .isEqualTo(2);
    assertThat(err).hasToString("e5-spark: Invalid k: 0 (must be at least 1)%n".formatted());
  }

  @Test
  void failuresAreExitCodeOne() throws Exception {
    assertThat(handle(new IllegalStateException("Cannot commit: 3 texts"))).isOne();
    assertThat(handle(new UncheckedIOException("Cannot read x", new java.io.IOException("gone"))))
        .isOne();
    assertThat(handle(new NullPointerException())).isOne();
  }

  @Test
  void refusalOfWorkThatHadBegunIsExitCodeOneWithTheSameLine() throws Exception {
    Work work = new Work();
    IllegalArgumentException late = new IllegalArgumentException("Cannot merge by [id]: 2 rows");
    try {
      work.run(
          () -> {
            work.begin();
            throw late;
          });
    } catch (RuntimeException e) {
      assertThat(handle(e)).isOne();
      assertThat(e).hasCause(late);
    }
    assertThat(err).hasToString("e5-spark: Cannot merge by [id]: 2 rows%n".formatted());
  }

  @Test
  void innermostMessageThatExplainsIsPrintedOnOneLine() throws Exception {
    Exception cause = new IllegalStateException("Cannot embed id=7:\n  no memory");
    handle(new RuntimeException("Job aborted", new RuntimeException("Task failed", cause)));
    assertThat(err).hasToString("e5-spark: Cannot embed id=7: no memory%n".formatted());
  }
}
