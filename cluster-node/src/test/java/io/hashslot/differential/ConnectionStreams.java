package io.hashslot.differential;

import java.util.List;

/** Requests of the commands about the connection and the client. */
final class ConnectionStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("CLIENT CAPA [redirect|$junk]"),
        new Shape("CLIENT GETNAME"),
        new Shape("CLIENT HELP", Normal.KIND),
        new Shape("CLIENT ID", Normal.KIND),
        new Shape("CLIENT INFO", Normal.KIND),
        new Shape("CLIENT LIST [TYPE normal|TYPE $junk|ID $junk|$junk]", Normal.KIND),
        new Shape("CLIENT NO-EVICT [ON|OFF|$junk]"),
        new Shape("CLIENT NO-TOUCH [ON|OFF|$junk]"),
        new Shape("CLIENT SETINFO [LIB-NAME|LIB-VER|$junk] $glob"),
        new Shape("CLIENT SETNAME $key"),
        new Shape("CLIENT UNBLOCK $integer [TIMEOUT|ERROR|$junk]"),
        new Shape("CLIENT UNPAUSE"),
        new Shape("ECHO $value"),
        new Shape("HELLO [2|3|$integer]", Normal.KIND),
        new Shape("HELLO 2 $junk...", Normal.KIND),
        new Shape("PING [$value]"),
        new Shape("PING $value $value"),
        new Shape("RESET"),
        new Shape("SELECT $database"),
        new Shape("SELECT 0"));
  }
}
