package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.e5spark.model.HostCopies;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.Pooling;
import io.e5spark.model.Prompts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a model of another file system is copied to this host once, completely or not at all.
 */
class TestHostCache {
  @TempDir Path directory;
  private final AtomicInteger opened = new AtomicInteger();
  private volatile String failing = "none";

  /** Counts the files that are opened, and fails for a chosen file. */
  private final class CountingFileSystem extends RawLocalFileSystem {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int buffer) throws IOException {
      opened.incrementAndGet();
      if (path.getName().equals(failing)) {
        throw new IOException("cable cut");
      }
      return super.open(path, buffer);
    }
  }

  @BeforeEach
  void writeModel() throws IOException {
    Files.createDirectories(directory.resolve("model/onnx"));
    Files.writeString(directory.resolve("model/onnx/model.onnx"), "graph");
    Files.writeString(directory.resolve("model/onnx/model.onnx_data"), "weights");
    Files.writeString(directory.resolve("model/tokenizer.json"), "tokenizer");
    Files.writeString(directory.resolve("model/README.md"), "not needed");
  }

  private HostCache cache() {
    return new HostCache(HostCopies.ofModels(directory.resolve("cache-{user}").toString()));
  }

  private Path cachePlace() {
    return directory.resolve("cache-" + System.getProperty("user.name"));
  }

  private HadoopModel model() throws IOException {
    FileSystem files = new CountingFileSystem();
    files.initialize(directory.toUri(), new Configuration(false));
    return new HadoopModel(
        "other:/model", files, new org.apache.hadoop.fs.Path(directory.resolve("model").toUri()));
  }

  private String lock() {
    String[] locks = cachePlace().toFile().list((parent, name) -> name.endsWith(".lock"));
    assertThat(locks).hasSize(1);
    return locks[0];
  }

  @Test
  void filesThatSayWhatTheModelAsksAreCopiedAndTellCopiesApart() throws Exception {
    Path model = directory.resolve("model");
    Path before = cache().copy(model()).directory();
    Files.createDirectories(model.resolve("my_pooling"));
    Files.writeString(model.resolve("my_pooling/config.json"), "{\"pooling_mode\":\"cls\"}");
    Files.writeString(
        model.resolve("modules.json"),
        "[{\"type\":\"m.Transformer\",\"path\":\"\"},{\"type\":\"m.Pooling\",\"path\":\"my_pooling\"}]");
    Files.writeString(
        model.resolve("config_sentence_transformers.json"), "{\"prompts\":{\"query\":\"q: \"}}");
    ModelDirectory copy = cache().copy(model());
    assertThat(copy.directory()).isNotEqualTo(before);
    assertThat(ModelCard.of(copy))
        .isEqualTo(new ModelCard(Pooling.CLS, new Prompts("q: ", ""), 512));
    assertThat(copy.modelName()).isEqualTo("model");
  }

  @Test
  void oneCopyForAll() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<ModelDirectory>> copies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Callable<ModelDirectory> copy = () -> cache().copy(model());
      copies.add(threads.submit(copy));
    }
    for (Future<ModelDirectory> copy : copies) {
      assertThat(copy.get().location()).isEqualTo("other:/model");
      assertThat(Files.readString(copy.get().directory().resolve("onnx/model.onnx_data")))
          .isEqualTo("weights");
      assertThat(copy.get().directory().resolve("README.md")).doesNotExist();
    }
    threads.shutdown();
    assertThat(opened).hasValue(3);
    Files.writeString(directory.resolve("model/tokenizer.json"), "other tokenizer");
    assertThat(Files.readString(cache().copy(model()).directory().resolve("tokenizer.json")))
        .isEqualTo("other tokenizer");
    assertThat(opened).hasValue(6);
  }

  @Test
  void halfACopyIsNoCopy() throws Exception {
    failing = "model.onnx_data";
    assertThatThrownBy(() -> cache().copy(model())).hasMessage("cable cut");
    Path copy = cachePlace().resolve(lock().replace(".lock", ""));
    assertThat(copy.resolve("onnx/model.onnx_data")).doesNotExist();
    Path left = copy.resolve("onnx/model.onnx_data.unfinished-of-a-killed-process");
    Files.writeString(left, "wei");
    failing = "none";
    assertThat(cache().copy(model()).directory()).isEqualTo(copy);
    assertThat(copy.resolve("onnx/model.onnx_data")).hasContent("weights");
    assertThat(left).doesNotExist();
  }

  @Test
  void copyThatWasTidiedUpIsMadeAgain() throws Exception {
    Path copy = cache().copy(model()).directory();
    Files.delete(copy.resolve("tokenizer.json"));
    Files.writeString(copy.resolve("onnx/model.onnx_data"), "");
    assertThat(Files.readString(cache().copy(model()).directory().resolve("tokenizer.json")))
        .isEqualTo("tokenizer");
    assertThat(copy.resolve("onnx/model.onnx_data")).hasContent("weights");
    assertThat(opened).hasValue(5);
  }

  @Test
  void placesWhereOthersWriteAreRefused() throws Exception {
    cache().copy(model());
    Path place = cachePlace();
    assertThat(Files.getPosixFilePermissions(place))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> cache().copy(model()))
        .hasMessageContaining("others may write to the model cache " + place);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Files.setAttribute(place, "unix:uid", 12_345);
    assertThatThrownBy(() -> cache().copy(model()))
        .hasMessageContaining("belongs to 12345, not to this process's user");
  }

  @Test
  void otherProcessIsWaitedFor() throws Exception {
    failing = "tokenizer.json";
    assertThatThrownBy(() -> cache().copy(model())).hasMessage("cable cut");
    failing = "none";
    Path lock = cachePlace().resolve(lock());
    Process other = LockHolder.start(lock);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('!');
      Future<ModelDirectory> copy = thread.submit(() -> cache().copy(model()));
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(copy).isNotDone();
      other.getOutputStream().close();
      assertThat(copy.get(20, TimeUnit.SECONDS).directory()).isDirectory();
    } finally {
      other.destroyForcibly();
      thread.shutdownNow();
    }
  }

  /** A program for another process, which holds a lock until its input ends. */
  static final class LockHolder {
    static Process start(Path lock) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = System.getProperty("java.class.path");
      ProcessBuilder builder =
          new ProcessBuilder(java, LockHolder.class.getName(), lock.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("CLASSPATH", classes);
      return builder.start();
    }

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.print(lock.isValid() ? '!' : '?');
        System.out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
