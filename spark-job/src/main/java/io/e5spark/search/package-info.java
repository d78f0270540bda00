/** The nearest vectors by dot product, exact: of one table, and of many queries at a time. */
@NullMarked
package io.e5spark.search;

import org.jspecify.annotations.NullMarked;
