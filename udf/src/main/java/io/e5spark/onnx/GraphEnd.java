package io.e5spark.onnx;

import io.e5spark.model.GraphSignature;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.ModelManifest;

/**
 * What a graph lacks at its end to give the requested vectors.
 *
 * @param nodes the bytes of a serialized model to append; empty if the graph lacks nothing
 * @param signature the signature of the graph with these nodes
 */
@SuppressWarnings("ArrayRecordComponent")
record GraphEnd(byte[] nodes, GraphSignature signature) {
  /**
   * The end for vectors of norm 1, or for raw vectors.
   *
   * @param normalize whether vectors have norm 1; a graph that contains pooling and was not
   *     imported decides this itself
   */
  static GraphEnd of(ModelFiles files, ModelIdentity model, boolean normalize) {
    GraphSignature own = model.signature();
    PoolingTail tail = new PoolingTail(model.card().pooling(), normalize);
    if (!own.pooled()) {
      return new GraphEnd(tail.behind(own.output()), own);
    }
    boolean lacksNothing =
        ModelManifest.of(files).map(manifest -> manifest.normalize() == normalize).orElse(true);
    return lacksNothing
        ? new GraphEnd(new byte[0], own)
        : new GraphEnd(tail.instead(), own.read(PoolingTail.OTHER_OUTPUT));
  }
}
