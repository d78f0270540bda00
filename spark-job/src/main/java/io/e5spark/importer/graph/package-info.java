/** Encoder graphs of ONNX Runtime's fused operators, in single and in reduced precision. */
@NullMarked
package io.e5spark.importer.graph;

import org.jspecify.annotations.NullMarked;
