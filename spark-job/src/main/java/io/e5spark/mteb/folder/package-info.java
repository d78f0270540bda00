/**
 * The folders of MTEB's tasks: their files in any layout, their rows in order, and what is known
 * about them.
 */
@NullMarked
package io.e5spark.mteb.folder;

import org.jspecify.annotations.NullMarked;
