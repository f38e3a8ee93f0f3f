package io.hashslot.value;

/** An end of a list. */
public enum ListSide {
  /** Where index 0 is. */
  LEFT,
  /** Where index -1 is. */
  RIGHT
}
