/** The random numbers of numpy and Python, which decide what MTEB samples. */
@NullMarked
package io.e5spark.mteb.random;

import org.jspecify.annotations.NullMarked;
