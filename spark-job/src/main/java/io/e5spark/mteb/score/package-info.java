/** MTEB's scores: pure functions of vectors, similarities and labels. */
@NullMarked
package io.e5spark.mteb.score;

import org.jspecify.annotations.NullMarked;
