/**
 * Models on the hosts of a Spark cluster: they are found on any Hadoop file system, copied once per
 * host, loaded once per executor, and placed on the GPU that Spark gave to the task.
 */
@NullMarked
package io.e5spark.cluster;

import org.jspecify.annotations.NullMarked;
