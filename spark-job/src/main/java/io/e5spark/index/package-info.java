/**
 * Makes and updates inverted-file indexes over vector tables, and measures them against the exact
 * search.
 */
@NullMarked
package io.e5spark.index;

import org.jspecify.annotations.NullMarked;
