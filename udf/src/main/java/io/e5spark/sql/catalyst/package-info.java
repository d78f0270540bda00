/** The optimizer's rules, which lift calls out of queries into the batched operator. */
@NullMarked
package io.e5spark.sql.catalyst;

import org.jspecify.annotations.NullMarked;
