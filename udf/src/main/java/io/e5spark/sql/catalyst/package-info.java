/** The optimizer's rules: they lift calls out of queries into the batched operator. */
@NullMarked
package io.e5spark.sql.catalyst;

import org.jspecify.annotations.NullMarked;
