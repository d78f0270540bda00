/**
 * The application that spark-submit runs: command line, settings, session, and one class a command.
 */
@NullMarked
package io.e5spark.job;

import org.jspecify.annotations.NullMarked;
