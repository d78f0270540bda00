/** The batched operator: its logical and physical node, and how a partition runs through it. */
@NullMarked
package io.e5spark.sql.node;

import org.jspecify.annotations.NullMarked;
