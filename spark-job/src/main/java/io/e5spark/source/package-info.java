/** The sources of texts: tables, files, topics and change data feeds. */
@NullMarked
package io.e5spark.source;

import org.jspecify.annotations.NullMarked;
