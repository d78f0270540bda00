/** The SQL functions as expressions of Catalyst, and the bridge from Java to Scala. */
@NullMarked
package io.e5spark.sql.expression;

import org.jspecify.annotations.NullMarked;
