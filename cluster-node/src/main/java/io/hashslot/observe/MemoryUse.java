package io.hashslot.observe;

import io.hashslot.keyspace.Keyspace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory is in use, in bytes: the figures behind INFO and MEMORY. What is counted as used,
 * and what {@code maxmemory} is about, is data, backlog and the buffers of clients. The collected
 * heap, which has a fixed size and holds garbage most of the time, stands beside it.
 *
 * @param heap used part of the collected heap: tables, clients, garbage not yet collected
 * @param data entries and indexes, off the heap
 * @param dataResident what the system keeps in memory for them
 * @param journal chunks of the replication backlog, off the heap
 * @param clients buffers of clients and what they have queued
 * @param peak the most that {@link #used} was seen to be
 * @param resident what the system keeps in memory for the process; 0 where it does not tell
 */
public record MemoryUse(
    long heap, long data, long dataResident, long journal, long clients, long peak, long resident) {
  private static final AtomicLong PEAK = new AtomicLong();

  /** Returns the figures of this moment. */
  public static MemoryUse now(Keyspace keyspace, long journalBytes, long clientBytes) {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long data = keyspace.usedBytes();
    long peak = PEAK.accumulateAndGet(data + journalBytes + clientBytes, Math::max);
    return new MemoryUse(
        heap, data, keyspace.residentBytes(), journalBytes, clientBytes, peak, residentOfProcess());
  }

  /** Returns all that is in use. */
  public long used() {
    return data + journal + clients;
  }

  /** Returns what is in use, but holds no data. */
  public long overhead() {
    return journal + clients;
  }

  /** Returns a ratio; 1 if there is nothing to compare with. */
  public static double ratio(long part, long whole) {
    return whole == 0 ? 1 : part / (double) whole;
  }

  private static long residentOfProcess() {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException _) {
      return 0;
    }
    return 0;
  }
}
