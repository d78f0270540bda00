/**
 * The table functions: their arguments, the tables that they search, and the plans that they make.
 */
@NullMarked
package io.e5spark.sql.table;

import org.jspecify.annotations.NullMarked;
