package io.hashslot.cli.repl;

import io.hashslot.resp.client.Command;
import java.util.Set;

/**
 * Lines that hold passwords and therefore must not reach the history. The union of what redis-cli
 * 7.0.15 and valkey-cli 8.0.1 keep out.
 */
final class SensitiveLines {
  private static final Set<String> SECRET_PARAMETERS =
      Set.of(
          "MASTERAUTH",
          "MASTERUSER",
          "PRIMARYAUTH",
          "PRIMARYUSER",
          "REQUIREPASS",
          "TLS-KEY-FILE-PASS",
          "TLS-CLIENT-KEY-FILE-PASS");

  private SensitiveLines() {}

  static boolean isSensitive(Command command) {
    return switch (command.name()) {
      case "AUTH" -> true;
      case "ACL" ->
          switch (command.word(1)) {
            case "SETUSER", "DELUSER", "GETUSER" -> true;
            default -> false;
          };
      case "CONFIG" -> command.word(1).equals("SET") && has(command, 2, 2, SECRET_PARAMETERS);
      case "HELLO" -> has(command, 2, 1, Set.of("AUTH"));
      case "MIGRATE" -> has(command, 5, 1, Set.of("AUTH", "AUTH2"));
      case "SENTINEL" ->
          switch (command.word(1)) {
            case "CONFIG" -> has(command, 3, 2, Set.of("SENTINEL-PASS", "SENTINEL-USER"));
            case "SET" -> has(command, 3, 2, Set.of("AUTH-PASS", "AUTH-USER"));
            default -> false;
          };
      default -> false;
    };
  }

  private static boolean has(Command command, int from, int step, Set<String> words) {
    for (int i = from; i < command.words().size(); i += step) {
      if (words.contains(command.word(i))) {
        return true;
      }
    }
    return false;
  }
}
