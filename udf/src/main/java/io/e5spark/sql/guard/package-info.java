/** The conditions under which an expression reaches the calls in it. */
@NullMarked
package io.e5spark.sql.guard;

import org.jspecify.annotations.NullMarked;
