/** The nearest vectors by dot product: in one table, and for many queries at a time. */
@NullMarked
package io.e5spark.search;

import org.jspecify.annotations.NullMarked;
