package io.hashslot.persist.aof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.command.CommandKit;
import io.hashslot.persist.snapshot.LoadingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Append-only files in a folder, as tests make, damage and load them. */
final class AofFiles {
  private static final String NAME = "appendonly.aof";

  private final Path dir;

  AofFiles(Path dir) {
    this.dir = dir;
  }

  /** A command, its words separated by blanks, as it stands in a file. */
  static String command(String words) {
    return command(words.split(" "));
  }

  static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  /** Commands, one behind the other. */
  static String commands(String... each) {
    StringBuilder text = new StringBuilder();
    for (String one : each) {
      text.append(command(one));
    }
    return text.toString();
  }

  AofDirectory directory() {
    return new AofDirectory(dir, "appendonlydir", NAME);
  }

  Path path(String file) {
    return dir.resolve("appendonlydir").resolve(file);
  }

  /** Writes increments, and the manifest that lists them. */
  AofFiles increments(String... contents) throws IOException {
    Manifest manifest = Manifest.EMPTY;
    for (String content : contents) {
      Manifest.Entry entry = directory().newIncrement(manifest);
      manifest = manifest.withIncrement(entry);
      write("appendonlydir/" + entry.fileName(), content);
    }
    directory().replaceManifest(manifest);
    return this;
  }

  /** Writes a file in the server's directory. */
  AofFiles write(String file, String content) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.write(path, content.getBytes(ISO_8859_1));
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(dir.resolve(file), ISO_8859_1);
  }

  AofLoader.Loaded load(CommandKit kit) throws IOException {
    return load(kit, true);
  }

  AofLoader.Loaded load(CommandKit kit, boolean loadTruncated) throws IOException {
    return AofLoader.load(
        directory(),
        new AofLoader.Settings(loadTruncated, true, 4),
        kit.environment(),
        new LoadingProgress(kit.clock()));
  }

  /** Copies a sample from the resources. */
  static AofFiles sample(String name, Path dir) throws IOException {
    Path from = samples().resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path to = dir.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
    return new AofFiles(dir);
  }

  /** Where the samples are: files that redis-server 7.0.15 and valkey-server 8.0.1 have written. */
  static Path samples() {
    try {
      return Path.of(Objects.requireNonNull(AofFiles.class.getResource("/aof")).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All data of a node as text, in an order of its own: equal texts mean equal data. */
  static String contents(CommandKit kit) {
    CommandKit.Client client = kit.client();
    StringBuilder text = new StringBuilder();
    for (int db = 0; db < kit.keyspace().databases(); db++) {
      client.run("SELECT", "" + db);
      List<String> keys = new ArrayList<>(words(client.run("KEYS", "*").reply()));
      keys.sort(null);
      for (String key : keys) {
        text.append(db).append(' ').append(key).append(' ');
        text.append(client.run("PEXPIRETIME", key).reply()).append(value(client, key)).append('\n');
      }
    }
    return text.toString();
  }

  private static String value(CommandKit.Client client, String key) {
    return switch (client.run("TYPE", key).reply().strip()) {
      case "+string" -> client.run("GET", key).reply();
      case "+list" -> client.run("LRANGE", key, "0", "-1").reply();
      case "+set" -> sorted(client.run("SMEMBERS", key).reply(), 1);
      case "+zset" -> client.run("ZRANGE", key, "0", "-1", "WITHSCORES").reply();
      case "+hash" -> sorted(client.run("HGETALL", key).reply(), 2);
      case "+stream" ->
          client.run("XRANGE", key, "-", "+").reply()
              + client.run("XINFO", "STREAM", key).reply().replaceAll("radix-tree.*\r\n.*", "");
      default -> throw new IllegalStateException(key);
    };
  }

  private static String sorted(String reply, int group) {
    List<String> words = words(reply);
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < words.size(); i += group) {
      groups.add(String.join("=", words.subList(i, i + group)));
    }
    groups.sort(null);
    return groups.toString();
  }

  /** The strings of a flat array. */
  static List<String> words(String reply) {
    List<String> words = new ArrayList<>();
    int at = reply.indexOf("\r\n") + 2;
    while (at < reply.length()) {
      int end = reply.indexOf("\r\n", at);
      int length = Integer.parseInt(reply.substring(at + 1, end));
      words.add(reply.substring(end + 2, end + 2 + length));
      at = end + 4 + length;
    }
    return words;
  }

  /** Everything in a folder, for comparing before and after. */
  String listing() {
    try (Stream<Path> all = Files.walk(dir)) {
      StringBuilder text = new StringBuilder();
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        text.append(dir.relativize(path)).append(' ').append(Files.size(path)).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
