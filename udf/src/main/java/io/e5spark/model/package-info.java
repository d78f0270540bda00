/**
 * Models as files: where they are, what an imported one says about itself, the inputs and outputs
 * of its graph, and what identifies it. Nothing here runs a model.
 */
@NullMarked
package io.e5spark.model;

import org.jspecify.annotations.NullMarked;
