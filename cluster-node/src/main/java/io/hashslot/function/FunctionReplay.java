package io.hashslot.function;

import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.resp.Request;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the function libraries that commands of a file, of a primary or of a client load and
 * delete, unread: they are written into the next base and the next snapshot again. For as long as
 * the server runs no functions itself.
 */
public final class FunctionReplay {
  private final FunctionLibraries libraries;

  /** What is loaded goes into these libraries, and can be deleted there. */
  public FunctionReplay(FunctionLibraries libraries) {
    this.libraries = libraries;
  }

  /** Tells whether a command is one of {@code FUNCTION}. */
  public static boolean concerns(Request request) {
    return request.is(0, "FUNCTION") && request.count() > 1;
  }

  /**
   * Executes a command.
   *
   * @return the error it gave, or null
   */
  public @Nullable String execute(Request request) {
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
      case "restore" -> {
        return count == 3 || count == 4
            ? restore(request)
            : "ERR wrong number of arguments for 'function|restore' command";
      }
      default -> {
        return "ERR unknown subcommand '" + request.text(1) + "'";
      }
    }
  }

  private @Nullable String restore(Request request) {
    boolean flush = request.count() == 4 && request.is(3, "FLUSH");
    boolean replace = request.count() == 4 && request.is(3, "REPLACE");
    if (request.count() == 4 && !flush && !replace && !request.is(3, "APPEND")) {
      return "ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.";
    }
    if (!DumpPayload.valid(request.address(2), request.length(2))) {
      return "ERR DUMP payload version or checksum are wrong";
    }
    List<byte[]> sources;
    try {
      sources = DumpPayload.functions(request.address(2), request.length(2));
    } catch (IOException problem) {
      return "ERR " + problem.getMessage();
    }
    for (byte[] source : sources) {
      if (FunctionLibraries.nameOf(source) == null) {
        return "ERR Missing library metadata";
      }
    }
    if (flush) {
      libraries.replaceAll(sources);
      return null;
    }
    String present = libraries.addAll(sources, replace);
    return present == null ? null : "ERR Library " + present + " already exists";
  }
}
