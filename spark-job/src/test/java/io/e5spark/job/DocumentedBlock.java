package io.e5spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of commands or code in a document. The comment above it says what runs the block. */
record DocumentedBlock(Path document, Optional<String> mark, String language, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("(?sm)(?:^<!-- ([^>\\n]*) -->\\n)?^```(sh|sql|python)\\n(.*?)^```");

  /** Returns the blocks of a document in their order. */
  static List<DocumentedBlock> of(Path document) throws IOException {
    return BLOCK
        .matcher(Files.readString(document))
        .results()
        .map(
            block ->
                new DocumentedBlock(
                    document, Optional.ofNullable(block.group(1)), block.group(2), block.group(3)))
        .toList();
  }

  /** Returns whether the comment names this test and nothing else. */
  boolean isRunBy(Class<?> test) {
    return mark.equals(Optional.of("run by " + test.getSimpleName()));
  }

  /** Returns whether the comment says what runs the block, or why nothing runs it. */
  boolean isMarked() {
    return mark.filter(comment -> comment.matches("(run by|not run:) \\S.*")).isPresent();
  }
}
