package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.nio.charset.StandardCharsets;

/** CLIENT INFO */
final class ClientInfo {
  private ClientInfo() {}

  static void execute(Context ctx, Args args) {
    String line = ClientLine.of(ctx.session(), ctx) + '\n';
    ctx.reply().verbatim("txt", line.getBytes(StandardCharsets.ISO_8859_1));
  }
}
