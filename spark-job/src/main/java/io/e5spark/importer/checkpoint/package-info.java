/** Checkpoints: their configuration and their weights, as safetensors or ONNX. */
@NullMarked
package io.e5spark.importer.checkpoint;

import org.jspecify.annotations.NullMarked;
