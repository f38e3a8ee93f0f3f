package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The numbers that demoted primaries of ours kept in their {@code lost-writes-*.aof}, per set that
 * they were added to.
 */
final class LostWritesOf {
  private final Map<String, BitSet> numbers = new HashMap<>();

  /** Reads the files of servers as they are now. */
  LostWritesOf(List<ServerProcess> servers) throws IOException {
    for (ServerProcess server : servers) {
      for (Path file : files(server)) read(file);
    }
  }

  static List<Path> files(ServerProcess server) throws IOException {
    try (Stream<Path> all = Files.list(server.folder())) {
      return all.filter(file -> file.getFileName().toString().startsWith("lost-writes-")).toList();
    }
  }

  private void read(Path file) throws IOException {
    String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    int at = 0;
    while (lines[at].startsWith("*")) {
      int count = Integer.parseInt(lines[at].substring(1));
      if (lines[at + 2].equalsIgnoreCase("SADD")) {
        BitSet added = numbers.computeIfAbsent(lines[at + 4], _ -> new BitSet());
        for (int i = 2; i < count; i++) added.set(Integer.parseInt(lines[at + 2 + 2 * i]));
      }
      at += 1 + 2 * count;
    }
    assertThat(at).as("%s is whole commands up to its line", file).isEqualTo(lines.length - 1);
  }

  /** What was added to a set. */
  BitSet of(String key) {
    return numbers.getOrDefault(key, new BitSet());
  }
}
