/** Evaluations as BEIR runs them: its folders, judgements, runs and published scores. */
@NullMarked
package io.e5spark.eval;

import org.jspecify.annotations.NullMarked;
