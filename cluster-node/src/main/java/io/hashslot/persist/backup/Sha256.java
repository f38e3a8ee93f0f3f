package io.hashslot.persist.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 of files, as {@code sha256sum} prints it. */
final class Sha256 {
  private static final int BUFFER_BYTES = 256 * 1024;

  private Sha256() {}

  /** The checksum of some bytes. */
  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** The checksum of a file. */
  static String of(Path file) throws IOException {
    return copy(file, null);
  }

  /**
   * Copies a file and returns the checksum of what was copied.
   *
   * @param target takes the bytes, null for none
   */
  static String copy(Path file, @Nullable WritableByteChannel target) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      while (source.read(buffer) >= 0) {
        buffer.flip();
        digest.update(buffer.array(), 0, buffer.limit());
        while (target != null && buffer.hasRemaining()) {
          target.write(buffer);
        }
        buffer.clear();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
