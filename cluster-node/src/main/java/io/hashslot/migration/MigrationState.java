package io.hashslot.migration;

import java.util.Locale;

/** How far a migration is. The names are those that Valkey 9 shows. */
enum MigrationState {
  // On the source
  CONNECTING,
  READING_AUTH_RESPONSE,
  READING_ESTABLISH_RESPONSE,
  WAITING_TO_SNAPSHOT,
  SNAPSHOTTING,
  REPLICATING,
  WAITING_TO_PAUSE,
  FAILOVER_PAUSED,

  // On the target
  WAITING_FOR_ACK,
  RECEIVING_SNAPSHOT,
  WAITING_FOR_PAUSED,
  FAILOVER_REQUESTED,
  CLEANING_UP,

  // On both
  FAILOVER_GRANTED,

  // On replicas of the target
  OCCURRING_ON_PRIMARY,

  // The end
  SUCCESS,
  FAILED,
  CANCELLED;

  /** Whether nothing more will happen. */
  boolean terminal() {
    return this == SUCCESS || this == FAILED || this == CANCELLED;
  }

  /** The name that clients see. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
