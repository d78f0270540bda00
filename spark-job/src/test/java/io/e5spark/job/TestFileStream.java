package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a stream of files reads each file, or names the files that it does not read. */
class TestFileStream {
  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String row(int id) {
    return "{\"id\":%d,\"text\":\"a\"}%n".formatted(id);
  }

  private Cli.Result stream(String in) {
    return Cli.run(
        "embed",
        "--input",
        directory.resolve(in).toString(),
        "--output",
        directory.resolve("out").toString(),
        "--mode",
        "merge",
        "--stream",
        "--until-done");
  }

  private long rows() {
    return Cli.spark().read().format("delta").load(directory.resolve("out").toString()).count();
  }

  @Test
  @Tag("slow")
  void streamsReadOldFilesAndCountThoseWrittenAnew() throws IOException {
    file("in1/z.jsonl", "{\"id\":9,\"text\":\"wrong\"}");
    Path first = file("in[1]/k=1/a.jsonl", row(1));
    Cli.Result started = stream("in[1]");
    assertThat(started.code()).as(started.err()).isZero();
    Path old = file("in[1]/k=02/b.jsonl", row(2));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    Files.writeString(first, row(1) + row(5));
    Files.setLastModifiedTime(first, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    Cli.Result second = stream("in[1]");
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err())
        .contains("Warning: this stream has read 1 file that changed since")
        .contains("a.jsonl");
    assertThat(rows()).isEqualTo(2);
    file("in[1]/k=02/c.jsonl", "{\"id\":1,\"text\":\"a\"}{\"id\":2,\"text\":\"b\"}");
    Cli.Result third = stream("in[1]");
    assertThat(third.code()).isNotZero();
    assertThat(third.err()).contains("c.jsonl: a line has more than one JSON object");
  }
}
