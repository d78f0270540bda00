package io.e5spark.nearest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies rows while they are joined: equal rows have one key, wherever it is computed. */
final class ContentKey {
  private static final int BYTES = 16;

  private ContentKey() {}

  /** The first 128 bits of SHA-256, in hexadecimal digits. */
  static String of(byte[] row) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(row);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: this Java has no SHA-256", e);
    }
  }
}
