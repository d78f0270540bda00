/** Embeds into a table: overwrite, append, merge and stream. */
@NullMarked
package io.e5spark.ingest;

import org.jspecify.annotations.NullMarked;
