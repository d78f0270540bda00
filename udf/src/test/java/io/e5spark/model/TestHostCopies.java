package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestHostCopies {
  @TempDir Path directory;
  private final AtomicInteger opened = new AtomicInteger();

  private HostCopies copies() {
    return new HostCopies(new PrivateDirectory(directory.resolve("cache"), "cache", "--cache"));
  }

  private HostCopies.Source source(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new HostCopies.Source(
        name,
        bytes.length,
        () -> {
          opened.incrementAndGet();
          return new ByteArrayInputStream(bytes);
        });
  }

  @Test
  void filesAreCopiedOnceForAllThreads() throws Exception {
    List<HostCopies.Source> files = List.of(source("a.bin", "one"), source("sub/b.bin", "two"));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<Path> task = () -> copies().of("key", files);
      for (Future<Path> copy : threads.invokeAll(Collections.nCopies(6, task))) {
        assertThat(copy.get().resolve("a.bin")).hasContent("one");
        assertThat(copy.get().resolve("sub/b.bin")).hasContent("two");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(opened).hasValue(2);
  }

  @Test
  void onlyWhatIsMissingOrCutIsCopiedAnew() throws IOException {
    List<HostCopies.Source> files = List.of(source("a.bin", "one"), source("b.bin", "two"));
    Path copy = copies().of("key", files);
    Files.writeString(copy.resolve("b.bin"), "t");
    assertThat(copies().of("key", files).resolve("b.bin")).hasContent("two");
    Files.delete(copy.resolve("a.bin"));
    assertThat(copies().of("key", files).resolve("a.bin")).hasContent("one");
    assertThat(opened).hasValue(4);
  }

  @Test
  void fileThatSomebodyWroteToIsCopiedAnew() throws IOException {
    List<HostCopies.Source> files = List.of(source("a.bin", "one"));
    Path copy = copies().of("key", files);
    assertThat(copies().of("key", files)).isEqualTo(copy);
    assertThat(opened).hasValue(1);
    Files.writeString(copy.resolve("a.bin"), "eno");
    assertThat(copies().of("key", files).resolve("a.bin")).hasContent("one");
    assertThat(opened).hasValue(2);
  }

  @Test
  void fileThatCannotBeReadIsNoFile() throws IOException {
    HostCopies.Source broken =
        new HostCopies.Source(
            "b.bin",
            3,
            () -> {
              throw new IOException("cable cut");
            });
    assertThatThrownBy(() -> copies().of("key", List.of(source("a.bin", "one"), broken)))
        .isInstanceOf(IOException.class)
        .hasMessage("cable cut");
    Path copy = directory.resolve("cache/key");
    assertThat(copy.resolve("b.bin")).doesNotExist();
    Path left = Files.writeString(copy.resolve("b.bin.unfinished-1"), "tw");
    assertThat(copies().of("key", List.of(source("a.bin", "one"), source("b.bin", "two"))))
        .isEqualTo(copy);
    assertThat(left).doesNotExist();
  }

  @Test
  void otherKeysHaveOtherCopies() throws IOException {
    Path first = copies().of("first", List.of(source("a.bin", "one")));
    Path second = copies().of("second", List.of(source("a.bin", "uno")));
    assertThat(first.resolve("a.bin")).hasContent("one");
    assertThat(second.resolve("a.bin")).hasContent("uno");
  }
}
