package io.hashslot.keyspace;

/**
 * The key holds a value of another kind than the command works on. One instance, without a stack
 * trace: this is a reply, not a fault.
 */
public final class WrongTypeException extends RuntimeException {
  static final WrongTypeException INSTANCE = new WrongTypeException();

  private WrongTypeException() {
    super("WRONGTYPE Operation against a key holding the wrong kind of value", null, false, false);
  }
}
