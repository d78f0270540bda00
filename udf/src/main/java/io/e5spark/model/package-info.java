/**
 * Models: where their files are, what their graph takes and gives, and the ONNX Runtime session
 * that runs it. A plain export ends in token vectors; pooling and normalisation are appended to it
 * when it is opened, so that only {@code [texts, dimension]} comes back.
 */
@NullMarked
package io.e5spark.model;

import org.jspecify.annotations.NullMarked;
