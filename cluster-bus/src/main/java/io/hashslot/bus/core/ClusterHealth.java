package io.hashslot.bus.core;

/** Whether the node may serve clients, and why not. */
public enum ClusterHealth {
  /** All is well. */
  OK,
  /** Just started, or a primary just back from the minority side: not yet trusted. */
  SETTLING,
  /** A slot has no owner, and full coverage is required. */
  SLOT_UNASSIGNED,
  /** The owner of a slot failed, and full coverage is required. */
  SLOT_OWNER_FAILED,
  /** A primary whom no majority has answered lately, and that may be cut off. */
  UNPROVEN,
  /** Most voting primaries are out of reach. */
  MINORITY;

  /**
   * Whether the node may have been replaced without having heard of it: it is cut off from the
   * majority, or has not been back for long enough.
   */
  public boolean mayBeReplaced() {
    return this == MINORITY || this == UNPROVEN || this == SETTLING;
  }

  /** Whether the state is shown as {@code ok}. */
  public boolean ok() {
    return this == OK;
  }
}
