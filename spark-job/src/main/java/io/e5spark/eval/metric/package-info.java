/**
 * Retrieval metrics with the exact semantics of trec_eval 9 and BEIR; plain Java. A run's rankings
 * and judgements come in, one number a query and their mean come out.
 */
@NullMarked
package io.e5spark.eval.metric;

import org.jspecify.annotations.NullMarked;
