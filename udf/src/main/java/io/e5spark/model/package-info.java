/**
 * Models as files: where they lie, what an imported one says of itself, what its graph takes and
 * gives, and what identifies it. Nothing here runs a model.
 */
@NullMarked
package io.e5spark.model;

import org.jspecify.annotations.NullMarked;
