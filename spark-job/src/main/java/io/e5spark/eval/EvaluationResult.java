package io.e5spark.eval;

import io.e5spark.metric.Judgements;

/**
 * An evaluation with everything that its report shows.
 *
 * @param perQuery the metrics of each query
 * @param hits the first documents of each query
 */
public record EvaluationResult(
    EvaluationReport report, Judgements judgements, PerQuery perQuery, TopHits hits) {}
