package io.hashslot.bench.micro;

import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does finding the slot add to each request? The key lies in the read buffer, in native
 * memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SlotBenchmark {

  /** A short key, a long one, and one with a hash tag. */
  @Param({
    "key:000000001234",
    "session:0123456789abcdef0123456789abcdef:attributes:and:so:on:12345",
    "{user1000}.following"
  })
  public String key = "";

  private long address;
  private int length;

  /** Lays the key into native memory. */
  @Setup
  public void allocate() {
    byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
    length = bytes.length;
    address = UnsafeApi.allocateMemory(length);
    for (int i = 0; i < length; i++) {
      UnsafeApi.putByte(address + i, bytes[i]);
    }
  }

  /** Frees it. */
  @TearDown
  public void free() {
    UnsafeApi.freeMemory(address);
  }

  /** CRC16 of the key or its tag. */
  @Benchmark
  public int slot() {
    return Slots.of(address, length);
  }
}
