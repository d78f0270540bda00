/** Documents as rows of their chunks, and what a table says about them. */
@NullMarked
package io.e5spark.chunked;

import org.jspecify.annotations.NullMarked;
