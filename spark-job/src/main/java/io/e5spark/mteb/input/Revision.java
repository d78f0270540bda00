package io.e5spark.mteb.input;

import io.e5spark.model.Sha256;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** Distinguishes one download of a data set from another. */
public final class Revision {
  private Revision() {}

  /** The SHA-256 over the bytes of files, one after the other. */
  public static String of(List<DataFile> files) {
    MessageDigest digest = Sha256.digest();
    for (DataFile file : files) {
      try (InputStream in = file.bytes();
          OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        in.transferTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot read %s: %s".formatted(file.location(), e.getMessage()), e);
      }
    }
    return Sha256.hex(digest);
  }
}
