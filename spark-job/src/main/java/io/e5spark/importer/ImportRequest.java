package io.e5spark.importer;

import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.Prompts;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of an import.
 *
 * @param precision of the large products
 * @param prompts what goes in front of texts; null for what the checkpoint says
 */
public record ImportRequest(NumberFormat precision, GraphLayout layout, @Nullable Prompts prompts) {
  /**
   * Checks that these go together.
   *
   * @throws IllegalArgumentException if not
   */
  public ImportRequest {
    if (layout == GraphLayout.PACKED && precision != NumberFormat.FP16) {
      throw new IllegalArgumentException(
          "Invalid precision: %s (must be fp16 for a packed graph)".formatted(precision));
    }
  }
}
