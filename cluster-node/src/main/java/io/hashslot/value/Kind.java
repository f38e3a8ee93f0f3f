package io.hashslot.value;

/**
 * The kinds of value, in the order of their numbers in entries (and in Redis' own object types).
 */
public enum Kind {
  STRING("string"),
  LIST("list"),
  SET("set"),
  SORTED_SET("zset"),
  HASH("hash"),
  STREAM("stream");

  private static final Kind[] KINDS = values();

  private final String typeName;

  Kind(String typeName) {
    this.typeName = typeName;
  }

  /** What TYPE replies. */
  public String typeName() {
    return typeName;
  }

  /** The kind of a number, 0 to 5. */
  public static Kind of(int number) {
    return KINDS[number];
  }
}
