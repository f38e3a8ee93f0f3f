package io.hashslot.bus.core;

import io.hashslot.slot.Slots;
import java.util.Arrays;

/**
 * Who owns which slot, and which slots are open, as indices into the node list of a view.
 * Immutable; shared by all views between two changes of slots or membership.
 */
final class SlotMap {
  /** No node. */
  static final short NONE = -1;

  private final short[] owner;
  private final short[] migratingTo;
  private final short[] importingFrom;
  private final boolean anyOpen;

  /** Takes the arrays over; each has one entry for each slot. */
  SlotMap(short[] owner, short[] migratingTo, short[] importingFrom, boolean anyOpen) {
    this.owner = owner;
    this.migratingTo = migratingTo;
    this.importingFrom = importingFrom;
    this.anyOpen = anyOpen;
  }

  /** Nobody owns anything. */
  static SlotMap empty() {
    var none = new short[Slots.COUNT];
    Arrays.fill(none, NONE);
    return new SlotMap(none, none, none, false);
  }

  int owner(int slot) {
    return owner[slot];
  }

  int migratingTo(int slot) {
    return migratingTo[slot];
  }

  int importingFrom(int slot) {
    return importingFrom[slot];
  }

  boolean anyOpen() {
    return anyOpen;
  }
}
