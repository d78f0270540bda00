package io.e5spark.onnx;

import io.e5spark.model.GraphSignature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Texts as the model reads them, padded to the longest of the batch, and the vectors that it
 * returns. The memory is outside the heap, so ONNX Runtime uses it directly; it grows to the
 * largest batch and is reused for the next. Not thread-safe.
 */
public final class TokenBatch {
  private final int dimension;
  private final int paddingId;
  private LongBuffer inputIds = longs(0);
  private LongBuffer attentionMask = longs(0);
  private LongBuffer tokenTypeIds = longs(0);
  private FloatBuffer vectors = floats(0);
  private int texts;
  private int tokens;

  /**
   * An empty batch.
   *
   * @param dimension the dimension of its vectors
   * @param paddingId the token after the end of shorter texts
   */
  public TokenBatch(int dimension, int paddingId) {
    this.dimension = dimension;
    this.paddingId = paddingId;
  }

  /**
   * Starts a batch.
   *
   * @param texts the number of rows, at least 1
   * @param tokens the tokens of the longest text, including the special tokens
   * @throws ArithmeticException if these are more tokens than a buffer holds
   */
  public void start(int texts, int tokens) {
    int size = Math.multiplyExact(texts, tokens);
    this.texts = texts;
    this.tokens = tokens;
    if (inputIds.capacity() < size) {
      inputIds = longs(size);
      attentionMask = longs(size);
      tokenTypeIds = longs(size);
    }
    if (vectors.capacity() < texts * dimension) {
      vectors = floats(texts * dimension);
    }
  }

  /** Puts the token ids of one text into a row; the rest of the row is padding. */
  public void put(int row, int[] ids) {
    int start = row * tokens;
    for (int i = 0; i < tokens; i++) {
      boolean real = i < ids.length;
      inputIds.put(start + i, real ? ids[i] : paddingId);
      attentionMask.put(start + i, real ? 1 : 0);
    }
  }

  /**
   * Some of its rows, in the same memory.
   *
   * @param from the first of them
   * @param to the row after the last of them
   */
  TokenBatch rows(int from, int to) {
    TokenBatch rows = new TokenBatch(dimension, paddingId);
    rows.texts = to - from;
    rows.tokens = tokens;
    int size = rows.texts * tokens;
    rows.inputIds = inputIds.slice(from * tokens, size);
    rows.attentionMask = attentionMask.slice(from * tokens, size);
    rows.tokenTypeIds = tokenTypeIds.slice(from * tokens, size);
    rows.vectors = vectors.slice(from * dimension, rows.texts * dimension);
    return rows;
  }

  /** A copy of the vector of one row, {@code [dimension]}. */
  public float[] vector(int row) {
    float[] vector = new float[dimension];
    vectors.get(row * dimension, vector);
    return vector;
  }

  /** The number of rows. */
  public int texts() {
    return texts;
  }

  /** The length of a row in tokens, padding included. */
  public int tokens() {
    return tokens;
  }

  LongBuffer input(String name) {
    return switch (name) {
      case GraphSignature.INPUT_IDS -> inputIds.slice(0, texts * tokens);
      case GraphSignature.ATTENTION_MASK -> attentionMask.slice(0, texts * tokens);
      case GraphSignature.TOKEN_TYPE_IDS -> tokenTypeIds.slice(0, texts * tokens);
      default -> throw new IllegalArgumentException("Invalid model input: " + name);
    };
  }

  FloatBuffer output() {
    return vectors.slice(0, texts * dimension);
  }

  private static LongBuffer longs(int size) {
    return direct(size, Long.BYTES).asLongBuffer();
  }

  private static FloatBuffer floats(int size) {
    return direct(size, Float.BYTES).asFloatBuffer();
  }

  private static ByteBuffer direct(int size, int bytes) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size, bytes))
        .order(ByteOrder.nativeOrder());
  }
}
