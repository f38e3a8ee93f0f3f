package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that come while the file for another one is written. */
class JoinedSyncIT {
  @TempDir Path folder;

  /** Asks for everything; returns the connection, nothing having been read from it. */
  private static RawClient sync(RunningNode primary, String... capabilities) throws Exception {
    RawClient replica = primary.connect();
    for (String capability : capabilities) {
      assertThat(replica.run("REPLCONF", "capa", capability)).isEqualTo("+OK");
    }
    return replica.send(RawClient.request("PSYNC", "?", "-1"));
  }

  /** Reads a line, passing over the empty ones that say no more than that somebody is there. */
  private static String line(RawClient replica) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      String next = replica.read(1);
      if (!next.equals("\n")) {
        line.append(next);
      } else if (!line.isEmpty()) {
        return line.toString().strip();
      }
    }
  }

  private static String snapshot(RawClient replica) throws IOException {
    String length = line(replica);
    assertThat(length).startsWith("$");
    return replica.read(Integer.parseInt(length.substring(1)));
  }

  /** Reads the stream up to the end of a command, and returns it. */
  private static String streamUpTo(RawClient replica, String command) throws IOException {
    StringBuilder stream = new StringBuilder();
    while (stream.indexOf(command) < 0) {
      stream.append(replica.read(1));
    }
    return stream.toString();
  }

  @Test
  void theyGetTheSameFileAndTheStreamFromItsMomentUnlessTheyCanDoLess() throws Exception {
    try (var primary =
            new RunningNode(
                folder,
                "--repl-diskless-sync",
                "no",
                "--repl-ping-replica-period",
                "3600",
                "--rdb-key-save-delay",
                "60000000");
        var client = primary.connect()) {
      assertThat(client.run("SET", "before", "1")).isEqualTo("+OK");
      try (var first = sync(primary, "psync2")) {
        String answer = line(first);
        assertThat(answer).startsWith("+FULLRESYNC ");
        assertThat(client.run("SET", "meanwhile", "2")).isEqualTo("+OK");
        try (var second = sync(primary, "psync2", "eof");
            var third = sync(primary)) {
          assertThat(line(second)).isEqualTo(answer);
          assertThat(client.run("CONFIG", "SET", "rdb-key-save-delay", "0")).isEqualTo("+OK");
          String file = snapshot(first);
          assertThat(file).startsWith("REDIS").contains("before").doesNotContain("meanwhile");
          assertThat(snapshot(second)).isEqualTo(file);
          String command = RawClient.request("SET", "meanwhile", "2");
          assertThat(streamUpTo(second, command)).isEqualTo(streamUpTo(first, command));
          assertThat(line(third)).startsWith("+FULLRESYNC ").isNotEqualTo(answer);
          assertThat(snapshot(third)).contains("meanwhile");
        }
      }
      assertThat(client.info("stats", "sync_full")).isEqualTo("3");
    }
  }
}
