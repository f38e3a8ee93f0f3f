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

  private static final short[] NOBODY = new short[Slots.COUNT];

  static {
    Arrays.fill(NOBODY, NONE);
  }

  private final short[] owner;
  private final short[] migratingTo;
  private final short[] importingFrom;
  private final boolean anyOpen;

  private SlotMap(short[] owner, short[] migratingTo, short[] importingFrom, boolean anyOpen) {
    this.owner = owner;
    this.migratingTo = migratingTo;
    this.importingFrom = importingFrom;
    this.anyOpen = anyOpen;
  }

  /** Nobody owns anything. */
  static SlotMap empty() {
    return closed(NOBODY);
  }

  /** Nothing moves. Takes the array over; it has one entry for each slot. */
  static SlotMap closed(short[] owner) {
    return new SlotMap(owner, NOBODY, NOBODY, false);
  }

  /** Takes the arrays over; each has one entry for each slot. */
  static SlotMap open(short[] owner, short[] migratingTo, short[] importingFrom) {
    return new SlotMap(owner, migratingTo, importingFrom, true);
  }

  /** The owners of all slots; not to be changed. */
  short[] owners() {
    return owner;
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
