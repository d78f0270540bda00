/** Metrics of ranked retrieval, equal to those of trec_eval 9 and BEIR. Plain Java. */
@NullMarked
package io.e5spark.metric;

import org.jspecify.annotations.NullMarked;
