/**
 * Retrieval evaluation: BEIR folders, exact search over Spark partitions, TREC runs and judgements,
 * reports. Vectors come from the SQL functions, metrics from {@code eval.metric}.
 */
@NullMarked
package io.e5spark.eval;

import org.jspecify.annotations.NullMarked;
