package io.e5spark.benchmark;

import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One way to store vectors.
 *
 * @param settings the settings of Parquet
 */
record StorageVariant(VectorType type, Map<String, String> settings) {
  private static final String CODEC = "spark.sql.parquet.compression.codec";
  private static final String DICTIONARY = "parquet.enable.dictionary";

  static final List<StorageVariant> ALL =
      List.of(
          new StorageVariant(VectorType.FLOAT, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new StorageVariant(VectorType.FLOAT, Map.of(CODEC, "snappy", DICTIONARY, "false")),
          new StorageVariant(VectorType.FLOAT, Map.of(CODEC, "zstd", DICTIONARY, "true")),
          new StorageVariant(VectorType.FLOAT, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new StorageVariant(VectorType.FLOAT, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new StorageVariant(VectorType.PACKED, Map.of(CODEC, "snappy", DICTIONARY, "false")),
          new StorageVariant(VectorType.PACKED, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new StorageVariant(VectorType.PACKED, Map.of(CODEC, "lz4_raw", DICTIONARY, "false")),
          new StorageVariant(VectorType.PACKED, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new StorageVariant(VectorType.HALF, Map.of(CODEC, "snappy", DICTIONARY, "false")),
          new StorageVariant(VectorType.HALF, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new StorageVariant(VectorType.HALF, Map.of(CODEC, "lz4_raw", DICTIONARY, "false")),
          new StorageVariant(VectorType.HALF, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new StorageVariant(VectorType.INT8, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new StorageVariant(VectorType.INT8, Map.of(CODEC, "zstd", DICTIONARY, "true")),
          new StorageVariant(VectorType.BINARY, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new StorageVariant(VectorType.BINARY, Map.of(CODEC, "zstd", DICTIONARY, "false")));

  String label() {
    return type
        + new TreeMap<>(settings)
            .entrySet().stream()
                .map(
                    entry -> ", " + entry.getKey().replaceAll(".*\\.", "") + "=" + entry.getValue())
                .collect(Collectors.joining());
  }
}
