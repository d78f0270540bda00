package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.function.Consumer;

/** A stream that has its SHA-256 checked before its reader sees its end. */
final class HashedStream extends DigestInputStream {
  private final Consumer<String> check;

  HashedStream(InputStream in, Consumer<String> check) {
    super(in, Sha256.digest());
    this.check = check;
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] bytes, int from, int most) throws IOException {
    return checked(super.read(bytes, from, most));
  }

  private int checked(int read) {
    if (read < 0) {
      check.accept(Sha256.hex(getMessageDigest()));
    }
    return read;
  }
}
