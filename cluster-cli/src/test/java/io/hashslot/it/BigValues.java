package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values of all kinds, so big that they are sent in parts, in the slots of {@link Migrations} and
 * in another database than the first.
 */
final class BigValues {
  private static final Command SELECT = Command.of("SELECT", "5");
  private static final int ELEMENTS = 2_000;

  private final List<String> keys = Migrations.keys(7, "big:");
  private List<String> known = List.of();

  /** Makes them, and remembers what they are. */
  void fill(ServerProcess node) throws IOException {
    List<Command> commands = new ArrayList<>(List.of(SELECT));
    for (int i = 0; i < ELEMENTS; i++) {
      String n = Integer.toString(i);
      commands.add(Command.of("HSET", keys.get(0), "field" + n, "value" + n));
      commands.add(Command.of("SADD", keys.get(1), "member" + n));
      commands.add(Command.of("ZADD", keys.get(2), i / 3.0 + "", "member" + n));
      commands.add(Command.of("RPUSH", keys.get(3), "an element of some length, " + n.repeat(9)));
      commands.add(Command.of("XADD", keys.get(4), i + 1 + "-1", "field", "value" + n));
    }
    commands.add(Command.of("SET", keys.get(5), "x".repeat(1_000_000)));
    commands.add(Command.of("PEXPIREAT", keys.get(0), "4102444800000"));
    commands.add(Command.of("XGROUP", "CREATE", keys.get(4), "group", "0"));
    List<String> read = List.of("XREADGROUP", "GROUP", "group", "one", "COUNT", "900", "STREAMS");
    commands.add(Command.of(Stream.concat(read.stream(), Stream.of(keys.get(4), ">")).toList()));
    // Pending, and no more.
    commands.add(Command.of("XDEL", keys.get(4), "1-1", "7-1", "1500-1"));
    commands.add(Command.of("SET", keys.get(6), "0"));
    assertThat(run(node, commands)).noneMatch(Reply::isFailure);
    known = told(node);
  }

  /** Counts up in this database, and writes to the first one in between. */
  void change(ServerProcess node, String keyOfFirst) throws IOException {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      commands.add(SELECT);
      commands.add(Command.of("INCR", keys.get(6)));
      commands.add(Command.of("HINCRBY", keys.get(0), "count", "1"));
      commands.add(Command.of("SELECT", "0"));
      commands.add(Command.of("SET", keyOfFirst, "value of " + keyOfFirst));
    }
    assertThat(run(node, commands)).noneMatch(Reply::isFailure);
    known = told(node);
  }

  /** Whether a node, a replica perhaps, has just these values. */
  boolean areAt(ServerProcess node) {
    try {
      return told(node).equals(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a node has nothing in this database. */
  boolean areGoneFrom(ServerProcess node) {
    try {
      return run(node, List.of(SELECT, Command.of("DBSIZE"))).getLast().asText().equals("0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> told(ServerProcess node) throws IOException {
    List<Command> questions = new ArrayList<>(List.of(Command.of("READONLY"), SELECT));
    questions.add(Command.of("DBSIZE"));
    for (String key : keys) {
      questions.add(Command.of("DEBUG", "DIGEST-VALUE", key));
      questions.add(Command.of("PEXPIRETIME", key));
    }
    questions.add(Command.of("XPENDING", keys.get(4), "group"));
    questions.add(Command.of("XINFO", "GROUPS", keys.get(4)));
    return run(node, questions).stream().map(BigValues::text).toList();
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Aggregate all
        ? all.items().stream().map(BigValues::text).toList().toString()
        : reply.asText();
  }

  private static List<Reply> run(ServerProcess node, List<Command> commands) throws IOException {
    try (RespConnection connection = node.connect()) {
      return connection.pipeline(commands);
    }
  }
}
