package io.hashslot.migration;

import org.jspecify.annotations.Nullable;

/**
 * A migration as {@code CLUSTER GETSLOTMIGRATIONS} shows it.
 *
 * @param name forty hexadecimal digits
 * @param operation {@code EXPORT} or {@code IMPORT}
 * @param slotRanges such as {@code 0-9 20-29}
 * @param source the primary that has the slots; null on replicas
 * @param target the primary that shall have them; null on replicas
 * @param createdMs when it began, wall time
 * @param updatedMs when its state last changed, wall time
 * @param heardMs when the other side was last heard, wall time; 0 if never
 * @param state how far it is
 * @param message why it failed, or ""
 */
public record MigrationReport(
    String name,
    String operation,
    String slotRanges,
    @Nullable String source,
    @Nullable String target,
    long createdMs,
    long updatedMs,
    long heardMs,
    String state,
    String message) {

  /** The same migration, which has ended meanwhile. */
  MigrationReport ended(MigrationState how, String why, long nowMs) {
    return new MigrationReport(
        name, operation, slotRanges, source, target, createdMs, nowMs, heardMs, how.text(), why);
  }
}
