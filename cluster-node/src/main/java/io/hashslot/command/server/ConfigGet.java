package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** CONFIG GET parameter [parameter ...] */
final class ConfigGet {
  private final Config config;

  ConfigGet(Config config) {
    this.config = config;
  }

  void execute(Context ctx, Args args) {
    List<String> patterns = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      patterns.add(args.text(i));
    }
    SortedMap<String, String> found = config.find(patterns);
    ctx.reply().map(found.size());
    found.forEach(
        (name, value) -> {
          ctx.reply().bulk(name);
          ctx.reply().bulk(value);
        });
  }
}
