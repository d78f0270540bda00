package io.e5spark.onnx;

import io.e5spark.config.Device;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.HostCopies;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph of a model as a file that cannot change, hashed while it was copied, so that exactly
 * the hashed file is opened. It may be deleted as soon as the session is open.
 */
final class VerifiedCopy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedCopy.class);

  private final Path graph;
  private final String sha256;
  private final @Nullable TemporaryDirectory temporary;

  private VerifiedCopy(Path graph, String sha256, @Nullable TemporaryDirectory temporary) {
    this.graph = graph;
    this.sha256 = sha256;
    this.temporary = temporary;
  }

  /**
   * The graph of a built-in model as all processes of this host share it, or else a copy of the
   * graph, and of its weights if they are in a file of their own.
   *
   * @param end the bytes to append to the graph, and to its packed form
   * @param shared the models that processes share
   * @throws UncheckedIOException if a file cannot be read or the temporary directory cannot be
   *     written
   */
  static VerifiedCopy of(ModelFiles files, byte[] end, HostCopies shared) {
    if (files instanceof BuiltInModel model) {
      try {
        return new VerifiedCopy(model.unpacked(shared, end), model.stamp(), null);
      } catch (IOException e) {
        LOG.info("The model is unpacked only for this process: {}", e.getMessage());
      }
    }
    return of(files, end);
  }

  /** A copy that is deleted when it is closed. */
  static VerifiedCopy of(ModelFiles files, byte[] end) {
    try {
      return temporary(files, end);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  private static VerifiedCopy temporary(ModelFiles files, byte[] end) throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create();
    try {
      Path graph = directory.path().resolve("model.onnx");
      VerifiedCopy copy = new VerifiedCopy(graph, copyAll(files, graph), directory);
      copy.append(end);
      return copy;
    } catch (IOException | RuntimeException e) {
      close(directory);
      throw e;
    }
  }

  Path graph() {
    return graph;
  }

  /** The form of the graph that suits the device best. */
  Path graphFor(Device device) {
    Path packed = graph.resolveSibling(ModelFiles.PACKED);
    return device == Device.CUDA && Files.exists(packed) ? packed : graph;
  }

  /**
   * The SHA-256 of the graph, followed by its weights if they are in a file of their own, followed
   * by its packed form if there is one, without what was appended.
   */
  String sha256() {
    return sha256;
  }

  private void append(byte[] end) throws IOException {
    for (Path form : Set.copyOf(List.of(graph, graphFor(Device.CUDA)))) {
      Files.write(form, end, StandardOpenOption.APPEND);
    }
  }

  private static String copyAll(ModelFiles files, Path graph) throws IOException {
    MessageDigest digest = Sha256.digest();
    Optional<ModelManifest> manifest = ModelManifest.of(files);
    List<String> names = files.graphFiles();
    for (String name : names) {
      Path target = name.equals(files.graph()) ? graph : graph.resolveSibling(lastPart(name));
      MessageDigest ofFile = names.size() == 1 ? digest : Sha256.digest();
      copy(files.open(name), target, Set.copyOf(List.of(digest, ofFile)));
      manifest.ifPresent(stated -> stated.requireSame(name, Sha256.hex(ofFile), files));
    }
    return Sha256.hex(digest);
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

  @Override
  public void close() {
    if (temporary != null) {
      close(temporary);
    }
  }

  /**
   * What cannot be deleted stays until the next process tidies up; by then, the session is open.
   */
  private static void close(TemporaryDirectory directory) {
    try {
      directory.close();
    } catch (UncheckedIOException e) {
      LOG.warn(e.getMessage());
    }
  }
}
