/** Vector tables in Delta: schema, properties, invariants, keyed merges and the log of runs. */
@NullMarked
package io.e5spark.table;

import org.jspecify.annotations.NullMarked;
