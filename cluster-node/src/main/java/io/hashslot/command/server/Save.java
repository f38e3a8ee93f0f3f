package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.persist.snapshot.Saver;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SAVE */
final class Save {
  private static final Logger LOG = LoggerFactory.getLogger(Save.class);

  private final Saver saver;

  Save(Saver saver) {
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    if (saver.savingInBackground()) {
      throw Bgsave.IN_PROGRESS;
    }
    try {
      saver.save();
    } catch (IOException e) {
      LOG.warn("Saving failed: {}", e.toString());
      throw new CommandException("ERR");
    }
    ctx.reply().ok();
  }
}
