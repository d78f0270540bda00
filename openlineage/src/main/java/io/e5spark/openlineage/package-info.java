/** What OpenLineage's agent for Spark needs to follow columns through the batched operator. */
@NullMarked
package io.e5spark.openlineage;

import org.jspecify.annotations.NullMarked;
