package io.e5spark.importer.graph;

/** How a graph deals with texts that are shorter than the longest of their batch. */
public enum GraphLayout {
  /** They are padded; on every device. */
  PADDED,
  /** On GPUs padding is taken out; on the CPU they are padded. In half precision only. */
  PACKED
}
