package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.importer.checkpoint.HalfPrecision;
import io.e5spark.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** A file of weights beside a graph, which are written one after the other. */
public final class ExternalData implements AutoCloseable {
  /** ONNX requires whole pages, so that tensors can be mapped. */
  private static final int ALIGNMENT = 4_096;

  private static final int CHUNK = 1 << 16;

  private final String name;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  private ExternalData(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /** Begins a new file. */
  static ExternalData create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new ExternalData(file.getFileName().toString(), channel);
  }

  /** Writes a tensor of floats; returns its place. */
  TensorProto write(String tensor, float[] values, int... shape) throws IOException {
    long start = align();
    for (int from = 0; from < values.length; from += CHUNK) {
      buffer.clear();
      int to = Math.min(values.length, from + CHUNK);
      for (int i = from; i < to; i++) {
        buffer.putFloat(values[i]);
      }
      flush(buffer.flip());
    }
    return tensor(tensor, TensorProto.DataType.FLOAT_VALUE, start, shape);
  }

  /**
   * Writes a tensor of floats in 16 bits; returns its place.
   *
   * @throws IllegalArgumentException if a number is too large for 16 bits
   */
  TensorProto writeHalf(String tensor, float[] values, int... shape) throws IOException {
    long start = align();
    for (int from = 0; from < values.length; from += CHUNK) {
      buffer.clear();
      int to = Math.min(values.length, from + CHUNK);
      for (int i = from; i < to; i++) {
        buffer.putShort(HalfPrecision.of(values[i]));
      }
      flush(buffer.flip());
    }
    return tensor(tensor, TensorProto.DataType.FLOAT16_VALUE, start, shape);
  }

  /** Writes a tensor of signed bytes; returns its place. */
  TensorProto write(String tensor, byte[] values, int... shape) throws IOException {
    long start = align();
    put(values);
    return tensor(tensor, TensorProto.DataType.INT8_VALUE, start, shape);
  }

  private long align() throws IOException {
    put(new byte[(int) (-position & (ALIGNMENT - 1))]);
    return position;
  }

  private TensorProto tensor(String tensor, int type, long start, int... shape) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(tensor)
            .setDataType(type)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", name))
            .addExternalData(entry("offset", Long.toString(start)))
            .addExternalData(entry("length", Long.toString(position - start)));
    for (int size : shape) {
      proto.addDims(size);
    }
    return proto.build();
  }

  private void put(byte[] bytes) throws IOException {
    flush(ByteBuffer.wrap(bytes));
  }

  private void flush(ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    position += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** The hash of everything that was written. */
  String sha256() {
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
