package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** INFO has the sections and fields of the oracle, but for those that make no sense here. */
class InfoOracleIT {
  /** Fields that are not here, and why. */
  private static final Map<String, String> ABSENT =
      Map.ofEntries(
          Map.entry("valkey_version", "we are another program; redis_version says how we behave"),
          Map.entry("server_mode", "redis_mode says it, which all clients look for"),
          Map.entry("gcc_version", "jvm_version stands in its place"),
          Map.entry("io_threaded_reads_processed", "every loop reads, executes and writes"),
          Map.entry("io_threaded_writes_processed", "every loop reads, executes and writes"),
          Map.entry("io_threaded_freed_objects", "no thread frees for another"),
          Map.entry("io_threaded_poll_processed", "every loop polls for itself"),
          Map.entry("io_threaded_total_prefetch_batches", "nothing is fetched ahead"),
          Map.entry("io_threaded_total_prefetch_entries", "nothing is fetched ahead"),
          Map.entry("reply_buffer_shrinks", "buffers are taken for a batch and given back"),
          Map.entry("reply_buffer_expands", "buffers are taken for a batch and given back"),
          Map.entry("used_cpu_sys_main_thread", "no thread is the main one"),
          Map.entry("used_cpu_user_main_thread", "no thread is the main one"));

  /** Fields of our own. */
  private static final Set<String> OWN =
      Set.of("redis_mode", "hashslot_version", "jvm_version", "jvm_heap_used", "jvm_heap_max");

  @TempDir Path folder;

  @Test
  void shouldHaveTheFieldsOfTheOracle() throws Exception {
    try (var oracle = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var theirs = oracle.connect();
        var node = new RunningNode(folder.resolve("ours"));
        var ours = new Jedis("127.0.0.1", node.port(), 60_000)) {
      ours.ping();
      theirs.ping();
      Map<String, Set<String>> expected = fields(theirs.info("everything"));
      Map<String, Set<String>> actual = fields(ours.info("everything"));
      assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
      for (String section : expected.keySet()) {
        if (section.endsWith("stats") && !section.equals("Stats")) {
          continue; // by command
        }
        Set<String> wanted = new TreeSet<>(expected.get(section));
        wanted.removeAll(ABSENT.keySet());
        Set<String> had = new TreeSet<>(actual.get(section));
        had.removeAll(OWN);
        assertThat(had).as(section).isEqualTo(wanted);
      }
    }
  }

  private static Map<String, Set<String>> fields(String info) {
    Map<String, Set<String>> fields = new LinkedHashMap<>();
    String section = "";
    for (String line : info.split("\r\n")) {
      if (line.startsWith("# ")) {
        section = line.substring(2);
        fields.put(section, new TreeSet<>());
      } else if (line.contains(":")) {
        fields.get(section).add(line.substring(0, line.indexOf(':')));
      }
    }
    return fields;
  }
}
