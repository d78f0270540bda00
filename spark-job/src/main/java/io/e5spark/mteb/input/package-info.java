/**
 * The input of a task's evaluation: its rows with the vectors of their texts, by the rules of one
 * evaluation.
 */
@NullMarked
package io.e5spark.mteb.input;

import org.jspecify.annotations.NullMarked;
