package io.e5spark.model;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Native libraries of a jar, which are unpacked once per host and version, to a place where no
 * other user can replace them.
 *
 * <p>They are in {@code e5-spark-<user>} in the directory of temporary files, or in the directory
 * that the system property {@code e5.native-cache} names.
 */
public final class JarLibraries {
  private final ClassLoader jar;
  private final String resources;
  private final List<String> names;
  private final HostCopies copies;

  /**
   * Libraries that are not unpacked yet.
   *
   * @param jar finds their jar
   * @param resources their folder in the jar
   * @param names the names of their files; the first file distinguishes versions, the others may be
   *     missing
   * @param cache the directory to unpack into
   */
  public JarLibraries(ClassLoader jar, String resources, List<String> names, Path cache) {
    this.jar = jar;
    this.resources = resources;
    this.names = names;
    this.copies = new HostCopies(new PrivateDirectory(cache, "native cache", "-De5.native-cache"));
  }

  /** The directory of this user for native code. */
  public static Path cache() {
    String usual = System.getProperty("java.io.tmpdir") + "/e5-spark-{user}";
    String named = System.getProperty("e5.native-cache", usual);
    return Path.of(named.replace("{user}", System.getProperty("user.name"))).toAbsolutePath();
  }

  /**
   * The directory with the libraries; empty if the class path has no jar with them.
   *
   * @param name distinguishes them from other libraries
   * @throws IOException if they cannot be unpacked, or others may write to the cache
   */
  public Optional<Path> directory(String name) throws IOException {
    URL first = jar.getResource(resources + "/" + names.get(0));
    if (first == null || !(first.openConnection() instanceof JarURLConnection connection)) {
      return Optional.empty();
    }
    // Closing a cached connection would also close the jar of the class loader.
    connection.setUseCaches(false);
    String version = Long.toHexString(connection.getJarEntry().getCrc());
    connection.getJarFile().close();
    return Optional.of(copies.of(name + "-" + version, libraries()));
  }

  private List<HostCopies.Source> libraries() throws IOException {
    List<HostCopies.Source> libraries = new ArrayList<>();
    for (String name : names) {
      URL library = jar.getResource(resources + "/" + name);
      if (library != null) {
        long bytes = library.openConnection().getContentLengthLong();
        libraries.add(new HostCopies.Source(name, bytes, library::openStream));
      }
    }
    return libraries;
  }
}
