/**
 * Turns texts into vectors on one machine, without Spark.
 *
 * <p>A text goes through four stages:
 *
 * <ol>
 *   <li>{@link io.e5spark.config.InputType}: the prompt of the model for that side of the search
 *       goes in front of it, such as E5's {@code "query: "} or {@code "passage: "};
 *   <li>{@link io.e5spark.embed.TextTokenizer}: the text becomes token ids, at most {@code
 *       max-tokens} including the two special ones;
 *   <li>{@link io.e5spark.embed.BatchPlanner}: the texts of a window are sorted by their tokens and
 *       cut into batches {@code [texts, tokens]} within the token budget;
 *   <li>{@link io.e5spark.onnx.Encoder}: a batch becomes vectors {@code [texts, dimension]}, which
 *       the graph pools and normalizes, and which return to the order of the texts.
 * </ol>
 *
 * <h2>Traps</h2>
 *
 * <ul>
 *   <li>A text that already begins with a prompt gets a second one; it is counted, not repaired.
 *   <li>Scores between E5 vectors lie close together, mostly above 0.7; only their order is
 *       meaningful.
 *   <li>Vectors of another model, with another longest input or without prefix are not comparable;
 *       {@link io.e5spark.model.VectorRecipe#fingerprint} tells them apart.
 * </ul>
 */
@NullMarked
package io.e5spark.embed;

import org.jspecify.annotations.NullMarked;
