package io.hashslot.command;

import java.util.Locale;

/** The categories that access rules speak of, in the order of {@code COMMAND INFO}. */
public enum AclCategory {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  private final String label = "@" + name().toLowerCase(Locale.ROOT);

  /** Returns the category's name with its at sign. */
  public String label() {
    return label;
  }
}
