package io.hashslot.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Puts private keys in the forms of older OpenSSL versions into the envelope that the JDK reads:
 * PKCS #8 (RFC 5958) names the algorithm and holds the older form as it is.
 */
final class Pkcs8 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  /** The tag of the curve within a key of SEC 1 (RFC 5915). */
  private static final int CURVE = 0xA0;

  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");

  /** {@code rsaEncryption} without parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** {@code id-ecPublicKey}; the curve follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  /** {@code RSA PRIVATE KEY}: PKCS #1. */
  static byte[] ofRsa(byte[] pkcs1) {
    return encode(SEQUENCE, VERSION_0, RSA, encode(OCTET_STRING, pkcs1));
  }

  /**
   * {@code EC PRIVATE KEY}: SEC 1.
   *
   * @throws IllegalArgumentException if it is none, or does not name its curve
   */
  static byte[] ofEc(byte[] sec1) {
    byte[] algorithm = encode(SEQUENCE, EC, curveOf(sec1));
    return encode(SEQUENCE, VERSION_0, algorithm, encode(OCTET_STRING, sec1));
  }

  private static byte[] curveOf(byte[] sec1) {
    ByteBuffer in = ByteBuffer.wrap(sec1);
    try {
      if ((in.get() & 0xFF) == SEQUENCE) {
        int end = length(in) + in.position();
        while (in.position() < end) {
          int tag = in.get() & 0xFF;
          byte[] content = new byte[length(in)];
          in.get(content);
          if (tag == CURVE) {
            return content;
          }
        }
      }
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("the key is cut off", cut);
    }
    throw new IllegalArgumentException("the key does not name its curve");
  }

  private static int length(ByteBuffer in) {
    int first = in.get() & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = first & 0x7F; i > 0; i--) {
      length = length << 8 | in.get() & 0xFF;
    }
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("the key is cut off");
    }
    return length;
  }

  private static byte[] encode(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length + 4);
    out.put((byte) tag);
    if (length < 0x80) {
      out.put((byte) length);
    } else if (length < 0x100) {
      out.put((byte) 0x81).put((byte) length);
    } else {
      out.put((byte) 0x82).putShort((short) length);
    }
    for (byte[] part : parts) {
      out.put(part);
    }
    byte[] encoded = new byte[out.position()];
    out.flip().get(encoded);
    return encoded;
  }
}
