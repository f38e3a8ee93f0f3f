package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.function.FunctionLibraries;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Glob;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE]
 *
 * <p>Which functions a library has would be known by running it: the list of them is empty.
 */
final class FunctionList {
  private static final Charset ASCII = StandardCharsets.US_ASCII;

  private FunctionList() {}

  static void execute(Context ctx, Args args) {
    boolean withCode = false;
    Glob pattern = null;
    for (int i = 2; i < args.count(); i++) {
      if (!withCode && args.is(i, "WITHCODE")) {
        withCode = true;
      } else if (pattern == null && args.is(i, "LIBRARYNAME")) {
        if (++i == args.count()) {
          throw CommandException.err("library name argument was not given");
        }
        pattern = new Glob(args.bytes(i));
      } else {
        throw CommandException.err("Unknown argument " + args.text(i));
      }
    }
    List<byte[]> chosen = chosen(ctx, pattern);
    ctx.reply().array(chosen.size());
    for (byte[] source : chosen) {
      write(ctx.reply(), source, withCode);
    }
  }

  private static List<byte[]> chosen(Context ctx, @Nullable Glob pattern) {
    return ctx.keys().keyspace().functions().sources().stream()
        .filter(source -> pattern == null || pattern.matches(name(source).getBytes(ASCII)))
        .toList();
  }

  /** Every library that is kept has one. */
  private static String name(byte[] source) {
    String name = FunctionLibraries.nameOf(source);
    return name == null ? "" : name;
  }

  private static void write(ReplyWriter reply, byte[] source, boolean withCode) {
    reply.map(withCode ? 4 : 3);
    reply.bulk("library_name");
    reply.bulk(name(source));
    reply.bulk("engine");
    reply.bulk(FunctionLibraries.engineOf(source).toUpperCase(Locale.ROOT));
    reply.bulk("functions");
    reply.array(0);
    if (withCode) {
      reply.bulk("library_code");
      reply.bulk(source);
    }
  }
}
