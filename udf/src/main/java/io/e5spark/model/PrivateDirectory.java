package io.e5spark.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A directory of this host that only the user of this process may write to. A directory that others
 * can write to might hold something else than what was put there.
 *
 * @param path the directory
 * @param name what messages call it
 * @param setting the setting that names it
 */
public record PrivateDirectory(Path path, String name, String setting) {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /**
   * Makes the directory, or checks the existing one.
   *
   * @throws IOException if it cannot be made or is not private
   */
  public void create() throws IOException {
    if (!Files.getFileStore(existingParent()).supportsFileAttributeView("posix")) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path, PosixFilePermissions.asFileAttribute(PRIVATE));
    if (Files.getPosixFilePermissions(path).stream().anyMatch(FOREIGN_WRITE::contains)) {
      throw new IOException(
          "others may write to the %s %s, so its contents cannot be trusted (name a directory in it with %s=%s/{user})"
              .formatted(name, path, setting, path));
    }
    // Checked for a link, too, because its owner may redirect it at any time.
    if (!Files.getOwner(path).equals(ownName())
        || !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(ownName())) {
      throw new IOException(
          "the %s %s belongs to %s, not to this process's user (name another directory with %s=…)"
              .formatted(name, path, Files.getOwner(path), setting));
    }
  }

  /** The owner as the file system names it; in a container, the user may have no name. */
  private static UserPrincipal ownName() throws IOException {
    Path probe = Files.createTempFile("e5-spark", ".probe");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private Path existingParent() {
    Path parent = path.toAbsolutePath();
    while (!Files.exists(parent) && parent.getParent() != null) {
      parent = parent.getParent();
    }
    return parent;
  }
}
