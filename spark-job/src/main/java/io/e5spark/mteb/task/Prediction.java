package io.e5spark.mteb.task;

import java.io.Serializable;

/**
 * What the classifiers of a task say of a row.
 *
 * @param truth its label's number
 * @param found by each classifier
 */
@SuppressWarnings("ArrayRecordComponent")
record Prediction(int truth, int[] found) implements Serializable {}
