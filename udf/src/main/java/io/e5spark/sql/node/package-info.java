/**
 * The batched operator and the join of vectors: their logical and physical nodes, and how a
 * partition runs through them.
 */
@NullMarked
package io.e5spark.sql.node;

import org.jspecify.annotations.NullMarked;
