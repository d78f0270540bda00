/** Long texts in chunks that a model takes whole: by its own tokens, at boundaries of the text. */
@NullMarked
package io.e5spark.chunk;

import org.jspecify.annotations.NullMarked;
