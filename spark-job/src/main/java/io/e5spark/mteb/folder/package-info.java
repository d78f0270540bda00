/**
 * MTEB's task folders: their files in whatever layout, their rows in order, and what is known of
 * them.
 */
@NullMarked
package io.e5spark.mteb.folder;

import org.jspecify.annotations.NullMarked;
