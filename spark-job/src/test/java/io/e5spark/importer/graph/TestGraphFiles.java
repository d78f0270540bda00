package io.e5spark.importer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.Pooling;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that repeated imports write the same graph, since the graph's hash decides the fingerprint
 * of its model.
 */
class TestGraphFiles {
  @TempDir Path directory;
  private Checkpoint checkpoint;

  @BeforeEach
  void setUp() throws IOException {
    Path from = directory.resolve("from");
    checkpoint = Checkpoint.open(new SyntheticCheckpoint(64, 2, 2, 400, 160, "F32", "").in(from));
  }

  @AfterEach
  void tearDown() throws IOException {
    checkpoint.close();
  }

  private Map<String, String> write(Function<ExternalData, EncoderGraph> encoder)
      throws IOException {
    return new GraphFiles(directory).write(encoder, new PoolingTail(Pooling.MEAN, true));
  }

  @Test
  void graphInSinglePrecisionNeverChanges() throws IOException {
    assertThat(write(data -> EncoderGraph.exact(checkpoint, data)))
        .containsEntry(
            "model.onnx", "e18aa197b6b0ff45376c70c2313a953afebaa7173dab65383f7ca66752ed3ed4")
        .containsEntry(
            "model.onnx_data", "05548a62535ee7ed793fd6af491bb857353f8bf4cb9514892b562d526f5ce5e8");
  }

  @Test
  void graphsInHalfPrecisionNeverChange() throws IOException {
    assertThat(write(data -> EncoderGraph.half(checkpoint, data)))
        .containsEntry(
            "model.onnx", "2d2b0d34d82bd4bc64e0c10ca7532ec7c6709b0158da6582ba89e34cadf04797")
        .containsEntry(
            "model.onnx_data", "1b367065f3bdfe4be511e24dc73ee83ecdf112b0d363ba724c145cb1fb78bc2b");
    assertThat(new GraphFiles(directory).writePacked())
        .containsEntry(
            ModelFiles.PACKED, "a0cd1ea526afc7f673d5d36a7c83b05794ce10bdac1bff732b414b6a624f6d29");
  }

  @Test
  void graphInIntegersNeverChanges() throws IOException {
    Map<String, ActivationRange> ranges =
        ActivationRange.unseen(TensorNames.normalised(checkpoint.config()), 64);
    ranges.values().forEach(range -> range.add(new float[64]));
    assertThat(write(data -> EncoderGraph.quantized(checkpoint, data, ranges)))
        .containsEntry(
            "model.onnx", "a6f820c9723e375002368c00a138c26dfdfe4ac9a27269d145046efb4199d0bb");
  }

  @Test
  void nothingIsLeftOnceTheyAreDeleted() throws IOException {
    GraphFiles files = new GraphFiles(Files.createDirectory(directory.resolve("exact")));
    files.write(data -> EncoderGraph.exact(checkpoint, data), new PoolingTail(Pooling.MEAN, true));
    files.delete();
    assertThat(directory.resolve("exact")).doesNotExist();
  }
}
