package io.hashslot.replication;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of its place in a history, read from its {@code INFO replication}.
 *
 * @param historyId the history that its offset counts
 * @param offset end of its stream
 * @param ageMs how old its data may be: 0 for a primary, {@link Freshness#UNKNOWN} if it cannot say
 */
record PrimaryReport(String historyId, long offset, long ageMs) {
  /** The field in which a server of ours tells the age of its data in milliseconds. */
  static final String AGE_FIELD = "replica_staleness_ms";

  /** Returns one field of a section of INFO, null if it is not there. */
  static @Nullable String field(String info, String name) {
    return fields(info).get(name);
  }

  private static Map<String, String> fields(String info) {
    Map<String, String> fields = new HashMap<>();
    info.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    return fields;
  }

  /** Reads the section; null if it says too little. */
  static @Nullable PrimaryReport parse(String info) {
    Map<String, String> fields = fields(info);
    String id = fields.get("master_replid");
    long offset = number(fields.get("master_repl_offset"));
    if (id == null || offset < 0) {
      return null;
    }
    return new PrimaryReport(id, offset, "master".equals(fields.get("role")) ? 0 : age(fields));
  }

  /**
   * A replica of ours knows the age of its data. Others say when they last heard of their primary,
   * in whole seconds.
   */
  private static long age(Map<String, String> fields) {
    if (fields.containsKey(AGE_FIELD)) {
      long age = number(fields.get(AGE_FIELD));
      return age < 0 ? Freshness.UNKNOWN : age;
    }
    long silentSeconds = number(fields.get("master_last_io_seconds_ago"));
    boolean up = "up".equals(fields.get("master_link_status"));
    return up && silentSeconds >= 0 ? (silentSeconds + 1) * 1000 : Freshness.UNKNOWN;
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
