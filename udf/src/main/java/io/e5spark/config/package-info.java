/**
 * Settings: typed, checked and complete. They are read in one place, {@link
 * io.e5spark.config.Settings#read}, from a flat map of keys and values; a key that nobody reads is
 * refused with the nearest known one.
 */
@NullMarked
package io.e5spark.config;

import org.jspecify.annotations.NullMarked;
