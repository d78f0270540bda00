package io.e5spark.mteb.folder;

import io.e5spark.platform.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files in the folder of a task, as a download from a hub leaves them: {@code SPLIT.jsonl},
 * {@code SPLIT.json}, gzip-compressed or not, or {@code SPLIT-*.parquet}. They are at the top, in
 * {@code data}, in a folder of their subset, or named after the subset in a folder of their split.
 */
public final class TaskFiles {
  private static final String ENDINGS = "\\.(jsonl|json)(\\.gz)?";
  private static final String SHARDS = "-\\d+-of-\\d+(-[0-9a-f]+)?\\.parquet|\\.parquet";

  private final DataFile folder;
  private final String subset;

  /**
   * The files of one subset.
   *
   * @param subset usually a language; blank for the only one
   */
  public TaskFiles(DataFile folder, String subset) {
    this.folder = folder;
    this.subset = subset;
  }

  /** The files of a split, sorted by name; empty if it has none. */
  public List<DataFile> of(String split) {
    for (DataFile place : places()) {
      List<DataFile> found = in(place, name -> isOf(split, name));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return in(folder.in(split), name -> subset.isEmpty() ? isData(name) : isOf(subset, name));
  }

  /** The files of a part such as {@code corpus}, which are in its folder or named after it. */
  public List<DataFile> ofPart(String part, String split) {
    List<DataFile> named = in(folder, name -> isOf(part, name));
    if (!named.isEmpty()) {
      return named;
    }
    List<DataFile> ofSplit = in(folder.in(part), name -> isOf(split, name));
    return ofSplit.isEmpty() ? in(folder.in(part), TaskFiles::isData) : ofSplit;
  }

  private List<DataFile> places() {
    List<DataFile> places = new ArrayList<>();
    if (subset.isEmpty()) {
      places.add(folder);
      places.add(folder.in("data"));
      places.add(folder.in("default"));
    } else {
      places.add(folder.in(subset));
      places.add(folder.in("data").in(subset));
    }
    return places;
  }

  /** The folders that may be subsets, because they have files of the split. */
  public List<String> subsets(String split) {
    return folder.children().stream()
        .filter(child -> !in(folder.in(child), name -> isOf(split, name)).isEmpty())
        .toList();
  }

  private static List<DataFile> in(DataFile place, Predicate<String> wanted) {
    if (!place.exists()) {
      return List.of();
    }
    return place.children().stream().filter(wanted).map(place::in).toList();
  }

  private static boolean isOf(String split, String name) {
    return name.startsWith(split) && name.substring(split.length()).matches(ENDINGS + "|" + SHARDS);
  }

  private static boolean isData(String name) {
    return name.matches(".*(" + ENDINGS + "|\\.parquet)");
  }
}
