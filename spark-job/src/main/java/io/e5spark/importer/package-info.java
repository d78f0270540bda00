/** Makes model directories from Hugging Face checkpoints, and verifies them. */
@NullMarked
package io.e5spark.importer;

import org.jspecify.annotations.NullMarked;
