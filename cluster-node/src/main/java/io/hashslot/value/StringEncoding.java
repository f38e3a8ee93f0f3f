package io.hashslot.value;

/**
 * The encodings that OBJECT ENCODING reports for strings, in the order of their numbers in entries.
 * The bytes are the same in all of them: they only remember how the string came about, as clients
 * can see it in Redis.
 */
public enum StringEncoding {
  /** Canonical decimal text of a 64-bit number. */
  INT("int"),
  /** At most 44 bytes, set as a whole. */
  EMBSTR("embstr"),
  /** Longer, or changed in place. */
  RAW("raw");

  /** Longest string that Redis embeds in its object. */
  public static final int EMBSTR_LIMIT = 44;

  private static final StringEncoding[] ENCODINGS = values();

  private final String encodingName;

  StringEncoding(String encodingName) {
    this.encodingName = encodingName;
  }

  /** What OBJECT ENCODING replies. */
  public String encodingName() {
    return encodingName;
  }

  /** The encoding of a number, 0 to 2. */
  public static StringEncoding of(int number) {
    return ENCODINGS[number];
  }
}
