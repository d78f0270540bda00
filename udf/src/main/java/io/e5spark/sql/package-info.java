/**
 * The names that users write: the extensions, the functions for Java and Scala, the function
 * catalog and the plugin. They never move.
 */
@NullMarked
package io.e5spark.sql;

import org.jspecify.annotations.NullMarked;
