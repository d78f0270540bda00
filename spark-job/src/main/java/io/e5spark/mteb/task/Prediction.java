package io.e5spark.mteb.task;

import java.io.Serializable;

/**
 * What the classifiers of a task predict for a row.
 *
 * @param truth the number of its label
 * @param found the prediction of each classifier
 */
@SuppressWarnings("ArrayRecordComponent")
record Prediction(int truth, int[] found) implements Serializable {}
