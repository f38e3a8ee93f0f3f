package io.hashslot.command;

/** What a command does, written as if there were one thread: the frame holds the locks. */
@FunctionalInterface
public interface Body {
  /**
   * Runs the command: reads arguments, changes keys, writes exactly one reply (or makes the session
   * wait).
   *
   * @throws CommandException to reply with an error; whatever was written so far is taken back
   */
  void execute(Context ctx, Args args);
}
