/** Documents as rows of their chunks, and what a table says of that. */
@NullMarked
package io.e5spark.chunked;

import org.jspecify.annotations.NullMarked;
