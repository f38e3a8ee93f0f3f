package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.persist.snapshot.Saver;

/** LASTSAVE */
final class Lastsave {
  private final Saver saver;

  Lastsave(Saver saver) {
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().integer(saver.lastSaveSeconds());
  }
}
