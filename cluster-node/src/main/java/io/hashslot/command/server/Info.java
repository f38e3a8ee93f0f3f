package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** INFO [section [section ...]] */
final class Info {
  private final io.hashslot.observe.Info info;

  Info(io.hashslot.observe.Info info) {
    this.info = info;
  }

  void execute(Context ctx, Args args) {
    List<String> asked = new ArrayList<>();
    for (int i = 1; i < args.count(); i++) {
      asked.add(args.text(i));
    }
    ctx.reply().verbatim("txt", info.text(asked).getBytes(StandardCharsets.UTF_8));
  }
}
