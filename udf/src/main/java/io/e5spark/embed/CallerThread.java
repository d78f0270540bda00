package io.e5spark.embed;

import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.TokenBatch;

/**
 * Each caller runs the model on its own thread, all at the same time.
 *
 * @param encoder an encoder that accepts such calls
 */
record CallerThread(Encoder encoder) implements ModelCalls {
  @Override
  public Lane lane(int batches) {
    return new Direct(encoder);
  }

  private record Direct(Encoder encoder) implements Lane {
    @Override
    public int depth() {
      return 1;
    }

    @Override
    public Call start(TokenBatch batch) {
      return meanwhile -> {
        long start = System.nanoTime();
        encoder.encode(batch);
        return System.nanoTime() - start;
      };
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    encoder.close();
  }
}
