package io.hashslot.persist.aof;

import io.hashslot.keyspace.FunctionLibraries;
import io.hashslot.resp.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the function libraries that commands of a file load and delete, unread: they are written
 * into the next base again. For as long as the server runs no functions itself.
 */
final class FunctionReplay {
  private final FunctionLibraries libraries;

  FunctionReplay(FunctionLibraries libraries) {
    this.libraries = libraries;
  }

  /** Tells whether a command is one of {@code FUNCTION}. */
  static boolean concerns(Request request) {
    return request.is(0, "FUNCTION") && request.count() > 1;
  }

  /**
   * Executes a command.
   *
   * @return the error it gave, or null
   */
  @Nullable String execute(Request request) {
    int count = request.count();
    switch (request.text(1).toLowerCase(Locale.ROOT)) {
      case "load" -> {
        boolean replace = count == 4 && request.is(2, "REPLACE");
        if (count != (replace ? 4 : 3)) {
          return "ERR wrong number of arguments for 'function|load' command";
        }
        byte[] source = request.bytes(count - 1);
        if (FunctionLibraries.nameOf(source) == null) {
          return "ERR Missing library metadata";
        }
        return libraries.add(source, replace) ? null : "ERR Library already exists";
      }
      case "delete" -> {
        return count == 3 && libraries.delete(request.text(2)) ? null : "ERR Library not found";
      }
      case "flush" -> {
        libraries.clear();
        return null;
      }
      default -> {
        return "ERR unknown subcommand '" + request.text(1) + "'";
      }
    }
  }
}
