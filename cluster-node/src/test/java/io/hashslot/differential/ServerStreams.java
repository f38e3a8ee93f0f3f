package io.hashslot.differential;

import java.util.List;

/** Requests of the commands about the server. */
final class ServerStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("COMMAND COUNT", Normal.KIND),
        new Shape("COMMAND GETKEYS GET $key"),
        new Shape("COMMAND GETKEYS MSET $key..."),
        new Shape("COMMAND GETKEYS $junk..."),
        new Shape("COMMAND GETKEYSANDFLAGS [SET $key|COPY $key $key|DEL $key] $value"),
        new Shape("COMMAND HELP", Normal.KIND),
        new Shape("COMMAND INFO [get|set|mset|object|ping|client|scan|$junk]", Normal.KIND),
        new Shape("COMMAND LIST [FILTERBY PATTERN get*|FILTERBY $junk]", Normal.KIND),
        new Shape("CONFIG GET [maxmemory|databases|save|nothing]"),
        new Shape("CONFIG HELP", Normal.KIND),
        new Shape("CONFIG RESETSTAT"),
        new Shape("INFO [replication|server|$junk]", Normal.KIND),
        new Shape("LASTSAVE", Normal.KIND),
        new Shape("LATENCY DOCTOR", Normal.KIND),
        new Shape("LATENCY GRAPH $junk"),
        new Shape("LATENCY HELP", Normal.KIND),
        new Shape("LATENCY HISTOGRAM $junk...", Normal.KIND),
        new Shape("LATENCY HISTORY $junk"),
        new Shape("LATENCY LATEST"),
        new Shape("LATENCY RESET [$junk]"),
        new Shape("LOLWUT [VERSION $integer]", Normal.KIND),
        new Shape("MEMORY DOCTOR", Normal.KIND),
        new Shape("MEMORY HELP", Normal.KIND),
        new Shape("MEMORY MALLOC-STATS", Normal.KIND),
        new Shape("MEMORY PURGE"),
        new Shape("MEMORY STATS", Normal.KIND),
        new Shape("MEMORY USAGE $key [SAMPLES $integer]", Normal.KIND),
        new Shape("MODULE HELP", Normal.KIND),
        new Shape("MODULE LIST"),
        new Shape("MODULE LOAD $junk [$junk]"),
        new Shape("MODULE LOADEX $junk [$junk]"),
        new Shape("MODULE UNLOAD $junk"),
        new Shape("ROLE", Normal.KIND),
        new Shape("SLOWLOG GET [$integer]", Normal.KIND),
        new Shape("SLOWLOG HELP", Normal.KIND),
        new Shape("SLOWLOG LEN", Normal.KIND),
        new Shape("SLOWLOG RESET"),
        new Shape("TIME", Normal.KIND),
        new Shape("WAIT $integer 1"));
  }
}
