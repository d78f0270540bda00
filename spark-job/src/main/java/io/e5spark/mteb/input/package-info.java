/** What a task is evaluated on: its rows with the vectors of their texts, by somebody's rules. */
@NullMarked
package io.e5spark.mteb.input;

import org.jspecify.annotations.NullMarked;
