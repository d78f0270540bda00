package io.e5spark.importer.graph;

/** How a graph handles texts that are shorter than the longest of their batch. */
public enum GraphLayout {
  /** It pads them, on every device. */
  PADDED,
  /** It computes no padding on GPUs and pads on the CPU; only in half precision. */
  PACKED
}
