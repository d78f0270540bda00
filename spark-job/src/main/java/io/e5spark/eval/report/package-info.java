/**
 * What an evaluation leaves for people: its files, its page, and its comparison with an earlier
 * one.
 */
@NullMarked
package io.e5spark.eval.report;

import org.jspecify.annotations.NullMarked;
