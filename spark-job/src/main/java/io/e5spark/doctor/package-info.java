/** Finds out what is wrong with a machine or a cluster, and what to do about it. */
@NullMarked
package io.e5spark.doctor;

import org.jspecify.annotations.NullMarked;
