package io.hashslot.command;

/** Classes of keyspace events, with the letters of {@code notify-keyspace-events}. */
public enum KeyEvent {
  GENERIC('g'),
  STRING('$'),
  LIST('l'),
  SET('s'),
  HASH('h'),
  SORTED_SET('z'),
  EXPIRED('x'),
  EVICTED('e'),
  STREAM('t'),
  MISSED('m'),
  NEW('n'),
  MODULE('d');

  private final char letter;

  KeyEvent(char letter) {
    this.letter = letter;
  }

  /** Returns the class's letter in the directive. */
  public char letter() {
    return letter;
  }

  /** Returns the class's bit. */
  public int bit() {
    return 1 << ordinal();
  }
}
