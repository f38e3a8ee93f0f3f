package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import java.util.List;

/** CLIENT HELP */
final class ClientHelp {
  private static final List<String> LINES =
      List.of(
          "CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CAPA <capability> [<capability> ...]",
          "    What this client can do: REDIRECT means to go where a replica sends it.",
          "GETNAME",
          "    The name of this connection.",
          "ID",
          "    The id of this connection.",
          "INFO",
          "    This connection in one line.",
          "KILL <ip:port>",
          "    Close the connection from an address.",
          "KILL <option> <value> [<option> <value> [...]]",
          "    Close the connections for which all options hold:",
          "    * ADDR (<ip:port>|<unixsocket>:0)",
          "      they come from the address",
          "    * LADDR (<ip:port>|<unixsocket>:0)",
          "      they came to this address of ours",
          "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
          "      they are of the type",
          "    * USER <username>",
          "      they are logged in as the user",
          "    * SKIPME (YES|NO)",
          "      whether this connection is spared (default: yes)",
          "    * ID <client-id>",
          "      they have the id",
          "    * MAXAGE <seconds>",
          "      they are at least as old",
          "LIST [options ...]",
          "    All connections, one line each. Options:",
          "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
          "      only those of the type",
          "    * ID <client-id> [<client-id> ...]",
          "      only those with an id of the list",
          "NO-EVICT (ON|OFF)",
          "    Spare this connection when connections are closed to save memory.",
          "NO-TOUCH (ON|OFF)",
          "    Let this connection's commands leave access times alone.",
          "PAUSE <timeout> [WRITE|ALL]",
          "    Hold back writes, or all commands, for so many milliseconds.",
          "REPLY (ON|OFF|SKIP)",
          "    Whether commands of this connection are answered.",
          "SETINFO (LIB-NAME|LIB-VER) <value>",
          "    Tell which library the client uses.",
          "SETNAME <name>",
          "    Give this connection a name.",
          "UNBLOCK <client-id> [TIMEOUT|ERROR]",
          "    End the waiting of a connection.",
          "UNPAUSE",
          "    End the pause.",
          "HELP",
          "    Print this help.");

  private ClientHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }

  /** The error for too many arguments after a subcommand that takes a varying number. */
  static CommandException wrongArguments(Args args) {
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '"
            + args.text(1)
            + "'. Try CLIENT HELP.");
  }
}
