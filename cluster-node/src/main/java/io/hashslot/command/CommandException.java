package io.hashslot.command;

/**
 * A command ends with an error reply; the message is the reply, beginning with its code. Carries no
 * stack: it tells of the request, not of us.
 */
public final class CommandException extends RuntimeException {
  /** An option is misplaced, unknown, or in conflict with another. */
  public static final CommandException SYNTAX = new CommandException("ERR syntax error");

  /** An argument is not a 64-bit number. */
  public static final CommandException NOT_INTEGER =
      new CommandException("ERR value is not an integer or out of range");

  /** An argument is not a floating-point number. */
  public static final CommandException NOT_FLOAT =
      new CommandException("ERR value is not a valid float");

  /** The value is of another type. */
  public static final CommandException WRONG_TYPE =
      new CommandException("WRONGTYPE Operation against a key holding the wrong kind of value");

  /** The key must exist. */
  public static final CommandException NO_SUCH_KEY = new CommandException("ERR no such key");

  /** Makes the exception for a reply such as {@code ERR no such key}. */
  public CommandException(String reply) {
    super(reply, null, false, false);
  }

  /** Makes the exception for an error without a code of its own: {@code ERR} is put before it. */
  public static CommandException err(String text) {
    return new CommandException("ERR " + text);
  }

  /** Returns the reply. */
  public String reply() {
    return String.valueOf(getMessage());
  }
}
