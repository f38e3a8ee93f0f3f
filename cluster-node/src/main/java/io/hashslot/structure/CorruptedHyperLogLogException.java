package io.hashslot.structure;

/**
 * The registers of a {@link HyperLogLog} do not add up. Strings can be written by anybody, so this
 * tells of the data, not of us, and carries no stack.
 */
public final class CorruptedHyperLogLogException extends RuntimeException {
  static final CorruptedHyperLogLogException INSTANCE = new CorruptedHyperLogLogException();

  private CorruptedHyperLogLogException() {
    super("registers that do not add up", null, false, false);
  }
}
