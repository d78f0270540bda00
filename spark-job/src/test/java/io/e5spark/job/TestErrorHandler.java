package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.report.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
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

  @Test
  void errorsAreOneLineToo() {
    CommandLine command = Main.commandLine(new PrintWriter(err, true), new PrintWriter(err, true));
    command.addSubcommand("fail", new CommandLine(new Failing()).setErr(command.getErr()));
    for (String kind : new String[] {"memory", "disk", "library", "stack"}) {
      assertThat(command.execute("fail", kind)).isOne();
    }
    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("e5-spark: Cannot "))
        .anyMatch(line -> line.contains("E5_MEMORY"))
        .anyMatch(line -> line.contains("No space left on device"))
        .anyMatch(line -> line.contains("no e5 in java.library.path"));
  }

  @CommandLine.Command(name = "fail")
  static final class Failing implements Runnable {
    @CommandLine.Parameters String kind = "";

    @Override
    public void run() {
      throw switch (kind) {
        case "memory" -> new OutOfMemoryError("Java heap space");
        case "disk" -> onFullDisk();
        case "library" -> new UnsatisfiedLinkError("no e5 in java.library.path");
        default -> new StackOverflowError();
      };
    }

    /** Lets Hadoop throw the error, because the constructor of FSError is not public. */
    private static FSError onFullDisk() {
      FileSystem files = new RawLocalFileSystem();
      try {
        files.initialize(URI.create("file:///"), new Configuration(false));
        OutputStream out = files.create(new Path("/dev/full"), true, 1);
        out.write(new byte[2]);
        out.flush();
        throw new IllegalStateException("the disk is not full");
      } catch (FSError e) {
        return e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
