package io.hashslot.command.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the slow log keeps of commands, large ones above all, beside valkey-server's. */
class SlowLogOracleIT {
  @TempDir Path folder;

  private static final List<String[]> COMMANDS = new ArrayList<>();

  private static void command(String... words) {
    COMMANDS.add(words);
  }

  /** A command of so many words, the name included. */
  private static void wide(String name, int words, String word) {
    String[] all = new String[words];
    Arrays.fill(all, word);
    all[0] = name;
    COMMANDS.add(all);
  }

  static {
    for (int bytes : new int[] {0, 1, 127, 128, 129, 130, 1000, 3_000_000}) {
      command("SET", "k", "x".repeat(bytes));
    }
    command("SET", "long-" + "k".repeat(200), "v", "EX", "100");
    command("set", "k", "12345678901234567890", "eX", "100", "GET");
    for (int words : new int[] {2, 31, 32, 33, 34, 1000}) {
      wide("DEL", words, "key");
      wide("EXISTS", words, "k".repeat(129));
    }
    command("GETEX", "k", "PX", "1000000");
    command("SPOP", "none");
    command("INCRBYFLOAT", "n", "1.5");
    command("LPUSH", "k", "wrong type");
    command("GET");
    command("CONFIG", "SET", "masterauth", "secret");
    command("CONFIG", "SET", "slowlog-max-len", "1000", "masterauth", "");
    command("HELLO", "2", "AUTH", "somebody", "wrong");
    command("AUTH", "somebody", "wrong");
    command("MULTI");
    command("SET", "in a transaction", "y".repeat(300));
    wide("DEL", 40, "key");
    command("EXEC");
  }

  private static List<List<String>> kept(Jedis client) {
    client.configSet("slowlog-max-len", "1000");
    client.slowlogReset();
    client.configSet("slowlog-log-slower-than", "0");
    for (String[] command : COMMANDS) {
      String[] rest = Arrays.copyOfRange(command, 1, command.length);
      try {
        client.sendCommand(() -> command[0].getBytes(ISO_8859_1), rest);
      } catch (JedisDataException expected) {
        assertThat(expected).hasMessageNotContaining("unknown command");
      }
    }
    client.configSet("slowlog-log-slower-than", "-1");
    List<List<String>> kept = new ArrayList<>();
    for (Object entry : (List<?>) client.sendCommand(Command.SLOWLOG, "GET", "-1")) {
      List<String> words = new ArrayList<>();
      for (Object word : (List<?>) ((List<?>) entry).get(3)) {
        words.add(new String((byte[]) word, ISO_8859_1));
      }
      kept.addFirst(words);
    }
    return kept;
  }

  @Test
  void itKeepsAsMuchOfEachCommandAsValkey() throws Exception {
    try (var ours = new RunningNode(folder.resolve("ours"));
        var theirs = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var here = new Jedis("127.0.0.1", ours.port(), 60_000);
        var there = theirs.connect()) {
      List<List<String>> expected = kept(there);
      assertThat(expected).hasSizeGreaterThan(COMMANDS.size() / 2);
      assertThat(kept(here)).containsExactlyElementsOf(expected);
    }
  }
}
