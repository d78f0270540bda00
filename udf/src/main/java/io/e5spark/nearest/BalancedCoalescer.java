package io.e5spark.nearest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;

/**
 * Combines partitions into a few tasks of about the same size: the largest first, each to the task
 * that has least so far. Partitions that are not made of files count as equally large.
 */
public final class BalancedCoalescer implements PartitionCoalescer, Serializable {
  private record Task(PartitionGroup group, long size) {}

  @Override
  public PartitionGroup[] coalesce(int tasks, RDD<?> parent) {
    List<Partition> largestFirst = new ArrayList<>(List.of(parent.partitions()));
    largestFirst.sort(Comparator.comparingLong(BalancedCoalescer::size).reversed());
    PriorityQueue<Task> smallestFirst = new PriorityQueue<>(Comparator.comparingLong(Task::size));
    List<PartitionGroup> groups = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      PartitionGroup group = new PartitionGroup(Option.empty());
      groups.add(group);
      smallestFirst.add(new Task(group, 0));
    }
    for (Partition partition : largestFirst) {
      Task task = smallestFirst.remove();
      task.group.partitions().append(partition);
      smallestFirst.add(new Task(task.group, task.size + size(partition)));
    }
    return groups.toArray(PartitionGroup[]::new);
  }

  private static long size(Partition partition) {
    if (!(partition instanceof FilePartition files)) {
      return 1;
    }
    long bytes = 0;
    for (PartitionedFile file : files.files()) {
      bytes += file.length();
    }
    return bytes;
  }
}
