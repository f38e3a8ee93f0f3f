package io.hashslot.journal;

import java.util.random.RandomGenerator;

/**
 * Which history of data this server's offsets count, and which former one it can still serve.
 * Immutable.
 *
 * <p>A promoted replica gives its own writes a new id but remembers the old one with the first
 * offset that is no longer shared: its former siblings ask for the old id and continue without a
 * full synchronisation.
 *
 * @param id the present history, 40 lowercase hexadecimal characters
 * @param formerId the previous history, or {@link #NO_ID}
 * @param formerEndOffset first offset (counted from 1) that the former history does not share with
 *     the present one, -1 if there is no former history; INFO's {@code second_repl_offset}
 */
public record ReplicationHistory(String id, String formerId, long formerEndOffset) {
  /** Length of an id in characters. */
  public static final int ID_LENGTH = 40;

  /** What stands in INFO for a former history that does not exist. */
  public static final String NO_ID = "0".repeat(ID_LENGTH);

  /** A new history without a past. */
  public static ReplicationHistory begin(RandomGenerator random) {
    return of(randomId(random));
  }

  /** The history of another server, taken over with its data. */
  public static ReplicationHistory of(String id) {
    return new ReplicationHistory(id, NO_ID, -1);
  }

  /** Promotion: new id; the old one is good up to and including {@code offset}. */
  public ReplicationHistory promoted(long offset, RandomGenerator random) {
    return renamed(randomId(random), offset);
  }

  /**
   * The primary's history got another name at {@code offset} ({@code +CONTINUE newid}); the name
   * does not change if it is the same.
   */
  public ReplicationHistory renamed(String newId, long offset) {
    return newId.equals(id) ? this : new ReplicationHistory(newId, id, offset + 1);
  }

  /**
   * Whether somebody who asks for bytes from {@code offset} (counted from 1) of the history {@code
   * askedId} has the same bytes before it as we.
   *
   * @param askedId compared without regard to case
   */
  public boolean shares(String askedId, long offset) {
    return askedId.equalsIgnoreCase(id)
        || (formerEndOffset >= 0
            && askedId.equalsIgnoreCase(formerId)
            && offset <= formerEndOffset);
  }

  private static String randomId(RandomGenerator random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(Character.forDigit(random.nextInt(16), 16));
    }
    return id.toString();
  }
}
