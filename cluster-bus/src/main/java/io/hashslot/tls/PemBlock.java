package io.hashslot.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (RFC 7468). What stands between blocks is for people and passed over.
 *
 * @param label what it is, such as {@code CERTIFICATE}
 * @param content the bytes that were written in Base64
 */
record PemBlock(String label, byte[] content) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /**
   * Reads all blocks of a file.
   *
   * @param purpose what the file is needed for, to begin a complaint with
   * @throws TlsException if the file cannot be read, or a block is no Base64
   */
  static List<PemBlock> read(Path file, String purpose) throws TlsException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException problem) {
      throw new TlsException(purpose + ": " + file + ": cannot be read", problem);
    }
    List<PemBlock> blocks = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      if (block.group(2).contains("Proc-Type:")) {
        throw new TlsException(
            purpose
                + ": "
                + file
                + ": is encrypted in a form that is not supported;"
                + " 'openssl pkcs8 -topk8' makes one that is");
      }
      try {
        byte[] content = Base64.getMimeDecoder().decode(block.group(2));
        blocks.add(new PemBlock(block.group(1), content));
      } catch (IllegalArgumentException problem) {
        throw new TlsException(purpose + ": " + file + ": is no valid PEM", problem);
      }
    }
    return blocks;
  }
}
