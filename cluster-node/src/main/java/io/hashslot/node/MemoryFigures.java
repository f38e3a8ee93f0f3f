package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.InfoText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The section Memory of INFO: what the data takes off the heap, what the heap takes, and what the
 * system says of the process.
 */
final class MemoryFigures {
  private static final AtomicLong PEAK = new AtomicLong();

  private MemoryFigures() {}

  static void write(InfoText text, Keyspace keyspace, Config config) {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long data = keyspace.usedBytes();
    long resident = keyspace.residentBytes();
    long used = data + heap;
    long peak = PEAK.accumulateAndGet(used, Math::max);
    long rss = residentOfProcess();
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    text.bytes("used_memory", used)
        .bytes("used_memory_rss", rss)
        .bytes("used_memory_peak", peak)
        .field("used_memory_peak_perc", percent(used, peak))
        .field("used_memory_overhead", heap)
        .field("used_memory_startup", 0)
        .field("used_memory_dataset", data)
        .field("used_memory_dataset_perc", percent(data, used))
        .field("allocator_allocated", data)
        .field("allocator_active", resident)
        .field("allocator_resident", resident)
        .bytes("total_system_memory", system.getTotalMemorySize())
        .bytes("maxmemory", config.get(MemoryDirectives.MAXMEMORY))
        .field(
            "maxmemory_policy",
            config
                .get(MemoryDirectives.MAXMEMORY_POLICY)
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-'))
        .decimal("allocator_frag_ratio", data == 0 ? 1 : resident / (double) data)
        .field("allocator_frag_bytes", resident - data)
        .decimal("mem_fragmentation_ratio", used == 0 ? 1 : rss / (double) used)
        .field("mem_fragmentation_bytes", rss - used)
        .field("mem_allocator", "hashslot-arena")
        .field("jvm_heap_used", heap)
        .field("jvm_heap_max", Runtime.getRuntime().maxMemory())
        .field("active_defrag_running", 0)
        .field("lazyfree_pending_objects", 0)
        .field("lazyfreed_objects", 0);
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 100.0 : 100.0 * part / whole);
  }

  /** Returns resident bytes of the process; 0 where the system does not tell. */
  static long residentOfProcess() {
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
