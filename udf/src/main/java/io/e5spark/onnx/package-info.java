/**
 * ONNX Runtime: sessions that run a graph on a device, the memory of a batch, and the pooling that
 * is appended to plain exports, so that only {@code [texts, dimension]} comes back.
 */
@NullMarked
package io.e5spark.onnx;

import org.jspecify.annotations.NullMarked;
