/** What MTEB learns from vectors: a classifier of samples, and clusters. */
@NullMarked
package io.e5spark.mteb.learn;

import org.jspecify.annotations.NullMarked;
