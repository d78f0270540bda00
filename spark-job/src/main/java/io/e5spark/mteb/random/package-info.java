/** The random numbers of numpy and of Python, which say what MTEB samples. */
@NullMarked
package io.e5spark.mteb.random;

import org.jspecify.annotations.NullMarked;
