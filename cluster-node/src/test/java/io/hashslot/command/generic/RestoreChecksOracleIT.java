package io.hashslot.command.generic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.persist.rdb.Crc64;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Payloads are checked in depth here whatever {@code sanitize-dump-payload} says; redis-server does
 * so if it is told to.
 */
class RestoreChecksOracleIT {
  private static final String REFUSED = "ERR Bad data format";
  private static final String TAKEN = "OK";

  @TempDir Path folder;

  /** A hash in one listpack, one of whose entries says that it is longer than all of it. */
  private static byte[] damaged(Jedis from) {
    from.del("sound");
    from.hset("sound", "field", "value");
    byte[] payload = from.dump("sound");
    String text = new String(payload, ISO_8859_1);
    // Short strings have 6 bits of length, below the bit that marks them.
    int at = text.indexOf("field") - 1;
    assertThat(payload[at]).isEqualTo((byte) (0x80 | "field".length()));
    payload[at] = (byte) 0xbf;
    long copy = Memory.allocate(payload.length);
    Memory.copy(payload, 0, copy, payload.length);
    long crc = Crc64.update(0, copy, payload.length - 8L);
    Memory.free(copy);
    for (int i = 0; i < 8; i++) {
      payload[payload.length - 8 + i] = (byte) (crc >>> 8 * i);
    }
    return payload;
  }

  private static String restore(Jedis client, byte[] payload) {
    try {
      return client.restore("damaged", 0, payload);
    } catch (JedisDataException refused) {
      return refused.getMessage();
    }
  }

  @Test
  void damagedPayloadsAreRefusedWhateverTheDirectiveSays() throws Exception {
    try (var ours = new RunningNode(folder.resolve("ours"));
        var theirs = OracleServer.start(Oracle.REDIS, folder, "--save", "");
        var here = new Jedis("127.0.0.1", ours.port(), 60_000);
        var there = theirs.connect()) {
      byte[] payload = damaged(there);
      for (String mode : List.of("yes", "clients", "no")) {
        there.configSet("sanitize-dump-payload", mode);
        assertThat(restore(there, payload))
            .as("redis-server with " + mode)
            .isEqualTo(mode.equals("no") ? TAKEN : REFUSED);
        here.configSet("sanitize-dump-payload", mode);
        assertThat(here.configGet("sanitize-dump-payload")).containsValue(mode);
        assertThat(restore(here, payload)).as("with " + mode).isEqualTo(REFUSED);
        assertThat(here.exists("damaged")).isFalse();
      }
      assertThat(here.restore("sound", 0, there.dump("sound"))).isEqualTo(TAKEN);
      assertThat(here.hget("sound", "field")).isEqualTo("value");
    }
  }
}
