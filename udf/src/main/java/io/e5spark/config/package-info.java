/**
 * Settings: typed, checked and complete. {@link io.e5spark.config.Settings#read} alone reads them,
 * from a flat map of keys and values. It rejects a key that it does not know, and names the nearest
 * known one.
 */
@NullMarked
package io.e5spark.config;

import org.jspecify.annotations.NullMarked;
