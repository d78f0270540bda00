/** What this host has for running models on NVIDIA GPUs. */
@NullMarked
package io.e5spark.onnx.cuda;

import org.jspecify.annotations.NullMarked;
