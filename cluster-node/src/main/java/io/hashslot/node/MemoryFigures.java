package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.dispatch.ClientMemory;
import io.hashslot.dispatch.Environment;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.InfoText;
import io.hashslot.observe.MemoryUse;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The section Memory of INFO: what the data takes off the heap, what the heap takes, and what the
 * system says of the process. What scripts and modules take is 0 as long as there are none.
 */
final class MemoryFigures {
  private MemoryFigures() {}

  static void write(InfoText text, Environment environment, long clusterLinkBytes, Config config) {
    Keyspace keyspace = environment.keyspace();
    long journal = environment.journal().memoryBytes();
    ClientMemory clients = ClientMemory.of(environment.sessions());
    MemoryUse use = MemoryUse.now(keyspace, journal, clients.sum());
    usage(text, use, indexBytes(keyspace));
    limits(text, config);
    ratios(text, use);
    text.field("mem_not_counted_for_evict", environment.memory().uncountedBytes())
        .field(
            "mem_replication_backlog", Math.min(journal, environment.journal().backlog().bytes()))
        .field("mem_total_replication_buffers", journal)
        .field("mem_clients_slaves", clients.replicas())
        .field("mem_clients_normal", clients.others())
        .field("mem_cluster_links", clusterLinkBytes)
        .field("mem_aof_buffer", 0)
        .field("mem_allocator", "hashslot-arena")
        .field("mem_overhead_db_hashtable_rehashing", 0)
        .field("jvm_heap_used", use.heap())
        .field("jvm_heap_max", Runtime.getRuntime().maxMemory())
        .field("active_defrag_running", 0)
        .field("lazyfree_pending_objects", keyspace.pendingFrees())
        .field("lazyfreed_objects", keyspace.flushedFrees());
  }

  private static long indexBytes(Keyspace keyspace) {
    long words = 0;
    for (int i = 0; i < keyspace.databases(); i++) {
      words += keyspace.size(i) + keyspace.expiring(i);
    }
    return words * Keyspace.INDEX_SHARE_BYTES;
  }

  private static void usage(InfoText text, MemoryUse use, long indexBytes) {
    long dataset = use.data() - indexBytes;
    text.bytes("used_memory", use.used())
        .bytes("used_memory_rss", use.resident())
        .bytes("used_memory_peak", use.peak())
        .field("used_memory_peak_perc", percent(use.used(), use.peak()))
        .field("used_memory_overhead", use.overhead() + indexBytes)
        .field("used_memory_startup", 0)
        .field("used_memory_dataset", dataset)
        .field("used_memory_dataset_perc", percent(dataset, use.used()))
        .field("allocator_allocated", use.data())
        .field("allocator_active", use.dataResident())
        .field("allocator_resident", use.dataResident())
        .field("allocator_muzzy", 0);
  }

  private static void limits(InfoText text, Config config) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    text.bytes("total_system_memory", system.getTotalMemorySize())
        .bytes("used_memory_lua", 0)
        .field("used_memory_vm_eval", 0)
        .field("used_memory_scripts_eval", 0)
        .field("number_of_cached_scripts", 0)
        .field("number_of_functions", 0)
        .field("number_of_libraries", 0)
        .field("used_memory_vm_functions", 0)
        .bytes("used_memory_vm_total", 0)
        .field("used_memory_functions", 0)
        .bytes("used_memory_scripts", 0)
        .bytes("maxmemory", config.get(MemoryDirectives.MAXMEMORY))
        .field(
            "maxmemory_policy",
            config
                .get(MemoryDirectives.MAXMEMORY_POLICY)
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-'));
  }

  private static void ratios(InfoText text, MemoryUse use) {
    text.decimal("allocator_frag_ratio", MemoryUse.ratio(use.dataResident(), use.data()))
        .field("allocator_frag_bytes", use.dataResident() - use.data())
        .decimal("allocator_rss_ratio", 1)
        .field("allocator_rss_bytes", 0)
        .decimal("rss_overhead_ratio", MemoryUse.ratio(use.resident(), use.dataResident()))
        .field("rss_overhead_bytes", use.resident() - use.dataResident())
        .decimal("mem_fragmentation_ratio", MemoryUse.ratio(use.resident(), use.used()))
        .field("mem_fragmentation_bytes", use.resident() - use.used());
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 100.0 : 100.0 * part / whole);
  }
}
