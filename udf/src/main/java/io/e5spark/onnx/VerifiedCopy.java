package io.e5spark.onnx;

import io.e5spark.config.Device;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.Sha256;
import io.e5spark.model.TemporaryDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * The graph of a model in a temporary directory, hashed while it was copied, so that exactly the
 * hashed file is opened. It can be deleted as soon as the session is open.
 */
final class VerifiedCopy implements AutoCloseable {
  private final TemporaryDirectory directory;
  private final Path graph;
  private final MessageDigest digest = Sha256.digest();

  private VerifiedCopy(TemporaryDirectory directory) {
    this.directory = directory;
    this.graph = directory.path().resolve("model.onnx");
  }

  /**
   * Copies the graph, and its weights if they are in a file of their own.
   *
   * @throws UncheckedIOException if a file cannot be read or the temporary directory cannot be
   *     written
   */
  static VerifiedCopy of(ModelFiles files) {
    try {
      VerifiedCopy copy = new VerifiedCopy(TemporaryDirectory.create());
      try {
        copy.copyAll(files);
        return copy;
      } catch (IOException | RuntimeException e) {
        copy.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  Path graph() {
    return graph;
  }

  /** The form of the graph that suits the device best. */
  Path graphFor(Device device) {
    Path packed = directory.path().resolve(ModelFiles.PACKED);
    return device == Device.CUDA && Files.exists(packed) ? packed : graph;
  }

  /**
   * The SHA-256 of the graph, followed by its weights if they are in a file of their own, followed
   * by its packed form if there is one.
   */
  String sha256() {
    return Sha256.hex(digest);
  }

  /** Appends these bytes to the graph, and to its packed form. */
  void append(byte[] tail) {
    for (Path form : Set.copyOf(List.of(graph, graphFor(Device.CUDA)))) {
      append(form, tail);
    }
  }

  private static void append(Path form, byte[] tail) {
    try (OutputStream out = Files.newOutputStream(form, StandardOpenOption.APPEND)) {
      out.write(tail);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + form, e);
    }
  }

  private void copyAll(ModelFiles files) throws IOException {
    Optional<ModelManifest> manifest = ModelManifest.of(files);
    List<String> names = files.graphFiles();
    for (String name : names) {
      Path target = name.equals(files.graph()) ? graph : directory.path().resolve(lastPart(name));
      MessageDigest ofFile = names.size() == 1 ? digest : Sha256.digest();
      copy(files.open(name), target, Set.copyOf(List.of(digest, ofFile)));
      manifest.ifPresent(stated -> stated.requireSame(name, Sha256.hex(ofFile), files));
    }
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static void copy(InputStream source, Path target, Set<MessageDigest> digests)
      throws IOException {
    try (InputStream in = source;
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (MessageDigest each : digests) {
          each.update(buffer, 0, read);
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /**
   * What cannot be deleted stays until the next process tidies up; by then, the session is open.
   */
  @Override
  public void close() {
    try {
      directory.close();
    } catch (UncheckedIOException e) {
      LoggerFactory.getLogger(VerifiedCopy.class).warn(e.getMessage());
    }
  }
}
