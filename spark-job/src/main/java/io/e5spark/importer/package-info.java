/** Model directories made of Hugging Face checkpoints, and the proof that they are right. */
@NullMarked
package io.e5spark.importer;

import org.jspecify.annotations.NullMarked;
