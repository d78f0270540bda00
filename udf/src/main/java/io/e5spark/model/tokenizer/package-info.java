/** What a {@code tokenizer.json} says about how far apart the parts of a text decide its tokens. */
@NullMarked
package io.e5spark.model.tokenizer;

import org.jspecify.annotations.NullMarked;
