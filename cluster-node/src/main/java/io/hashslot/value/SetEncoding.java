package io.hashslot.value;

/** The forms of a set, in the order of their numbers in entries. */
public enum SetEncoding {
  /** Numbers only, ascending: the bytes of an intset. */
  INTSET("intset"),
  /** Few short members in the order of their coming: the bytes of a listpack. */
  LISTPACK("listpack"),
  /** The root of a table. */
  HASHTABLE("hashtable");

  private static final SetEncoding[] ENCODINGS = values();

  private final String encodingName;

  SetEncoding(String encodingName) {
    this.encodingName = encodingName;
  }

  /** What OBJECT ENCODING replies. */
  public String encodingName() {
    return encodingName;
  }

  /** The encoding of a number, 0 to 2. */
  public static SetEncoding of(int number) {
    return ENCODINGS[number];
  }
}
