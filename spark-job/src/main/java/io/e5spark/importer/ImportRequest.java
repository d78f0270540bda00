package io.e5spark.importer;

import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.Prompts;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants from an import.
 *
 * @param precision the number format of the large products
 * @param prompts what goes in front of texts; null for the prompts of the checkpoint
 */
public record ImportRequest(NumberFormat precision, GraphLayout layout, @Nullable Prompts prompts) {
  /**
   * Checks that these fit together.
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
