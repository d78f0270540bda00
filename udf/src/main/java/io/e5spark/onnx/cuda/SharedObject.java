package io.e5spark.onnx.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file of a native library, in the ELF format of 64-bit Linux on little-endian processors. */
final class SharedObject {
  private static final int MAGIC = 0x464c457f;
  private static final int SEGMENT_TABLE = 32;
  private static final int SEGMENT_BYTES = 56;
  private static final int SEGMENTS = 56;
  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;
  private static final int ENTRY_BYTES = 16;
  private static final int NEEDED = 1;
  private static final int STRINGS = 5;

  private final ByteBuffer bytes;

  private SharedObject(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A part of the file, and the address at which the loader puts it. */
  private record Segment(int type, long offset, long address, long size) {
    boolean holds(long at) {
      return type == LOADED && at >= address && at < address + size;
    }
  }

  /**
   * The names of the libraries that the loader loads with this one, in the order of the file.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is not a native library
   */
  static List<String> neededBy(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = Math.min(channel.size(), Integer.MAX_VALUE);
      return new SharedObject(channel.map(FileChannel.MapMode.READ_ONLY, 0, size)).needed();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Cannot read %s: it is not a native library of 64-bit Linux".formatted(file), e);
    }
  }

  private List<String> needed() {
    if (bytes.getInt(0) != MAGIC) {
      throw new IndexOutOfBoundsException("another format");
    }
    List<Segment> segments = segments();
    List<Long> names = new ArrayList<>();
    long strings = 0;
    for (Segment segment : segments) {
      for (long at = 0; segment.type == DYNAMIC && at < segment.size; at += ENTRY_BYTES) {
        int entry = Math.toIntExact(segment.offset + at);
        long value = bytes.getLong(entry + 8);
        if (bytes.getLong(entry) == NEEDED) {
          names.add(value);
        } else if (bytes.getLong(entry) == STRINGS) {
          strings = value;
        }
      }
    }
    long table = offset(strings, segments);
    return names.stream().map(name -> text(Math.toIntExact(table + name))).toList();
  }

  private List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    int at = Math.toIntExact(bytes.getLong(SEGMENT_TABLE));
    for (int segment = 0; segment < bytes.getShort(SEGMENTS); segment++) {
      int type = bytes.getInt(at);
      segments.add(
          new Segment(type, bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 32)));
      at += SEGMENT_BYTES;
    }
    return segments;
  }

  private static long offset(long address, List<Segment> segments) {
    return segments.stream()
        .filter(segment -> segment.holds(address))
        .mapToLong(segment -> address - segment.address + segment.offset)
        .findFirst()
        .orElse(address);
  }

  private String text(int at) {
    int end = at;
    while (bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - at];
    bytes.get(at, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
