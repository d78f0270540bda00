/**
 * The SQL functions inside Catalyst: expressions, the batched operator, and the rules that lift
 * calls into it.
 */
@NullMarked
package io.e5spark.sql.catalyst;

import org.jspecify.annotations.NullMarked;
