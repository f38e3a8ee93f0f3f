package io.hashslot.command.hyperloglog;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.memory.Memory;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.structure.Room;

/**
 * PFSELFTEST
 *
 * <p>Counts up to a hundred thousand elements in both forms: both must hold the same registers as a
 * plain array, and the estimates must be as good as the theory says.
 */
final class Pfselftest {
  private static final int ELEMENTS = 100_000;

  /** Six standard deviations, of 1.04 / sqrt(registers) each. */
  private static final double WORST_ERROR = 6 * 1.04 / Math.sqrt(HyperLogLog.REGISTERS);

  private static final long SPARSE_BYTES = 3000;

  private Pfselftest() {}

  static void execute(Context ctx, Args args) {
    try (Scratch sparse = new Scratch();
        Scratch dense = new Scratch()) {
      HyperLogLog.create(sparse);
      HyperLogLog.create(dense);
      HyperLogLog.toDense(dense);
      count(sparse, dense);
    }
    ctx.reply().ok();
  }

  private static void count(Scratch sparse, Scratch dense) {
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    long element = Memory.allocate(Long.BYTES);
    try {
      int next = 1;
      for (int i = 1; i <= ELEMENTS; i++) {
        Memory.putLong(element, i * 0x9E3779B97F4A7C15L);
        long hash = HyperLogLog.hash(element, Long.BYTES);
        int index = HyperLogLog.index(hash);
        int value = HyperLogLog.value(hash);
        registers[index] = (byte) Math.max(registers[index], value);
        HyperLogLog.raise(sparse, index, value, SPARSE_BYTES);
        HyperLogLog.raise(dense, index, value, SPARSE_BYTES);
        if (i == next) {
          next *= 10;
          require(sparse, registers, i);
          require(dense, registers, i);
        }
      }
    } finally {
      Memory.free(element);
    }
  }

  private static void require(Scratch scratch, byte[] expected, int elements) {
    for (int i = 0; i < expected.length; i++) {
      int found = HyperLogLog.get(scratch.address, scratch.length, i);
      if (found != expected[i]) {
        throw new CommandException(
            "TESTFAILED Register " + i + " should be " + expected[i] + " but is " + found);
      }
    }
    long count = HyperLogLog.count(scratch.address, scratch.length);
    if (Math.abs(count - elements) > Math.max(1, elements * WORST_ERROR)) {
      throw new CommandException("TESTFAILED Too large an error: " + count + " for " + elements);
    }
  }

  /** A room of its own. */
  private static final class Scratch implements Room, AutoCloseable {
    private long address = Memory.allocate(HyperLogLog.DENSE_BYTES);
    private int length;

    @Override
    public long address() {
      return address;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public long resize(int newLength) {
      length = newLength;
      return address;
    }

    @Override
    public void close() {
      Memory.free(address);
      address = 0;
    }
  }
}
