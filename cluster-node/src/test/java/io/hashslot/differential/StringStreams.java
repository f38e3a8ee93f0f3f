package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on strings. */
final class StringStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("APPEND $key $value"),
        new Shape("DECR $key"),
        new Shape("DECRBY $key $integer"),
        new Shape("GET $key"),
        new Shape("GETDEL $key"),
        new Shape(
            "GETEX $key [EX $seconds|PX $millis|PERSIST] [EXAT $atSeconds|PXAT $atMillis|PERSIST]"),
        new Shape("GETEX $key $junk..."),
        new Shape("GETRANGE $key $place $place"),
        new Shape("GETSET $key $value"),
        new Shape("INCR $key"),
        new Shape("INCRBY $key $integer"),
        new Shape("INCRBYFLOAT $key $float"),
        new Shape("LCS $key $key [IDX|LEN] [MINMATCHLEN $integer] [WITHMATCHLEN]"),
        new Shape("LCS $key $key [LEN] $junk..."),
        new Shape("MGET $key..."),
        new Shape("MSET $key $value $key $value"),
        new Shape("MSET $key..."),
        new Shape("MSETNX $key $value $key $value"),
        new Shape("PSETEX $key $millis $value"),
        new Shape("SET $key $value"),
        new Shape("SET $key $value"),
        new Shape("SET $key $value [NX|XX] [GET] [EX $seconds|PX $millis|KEEPTTL]"),
        new Shape("SET $key $value [EX $seconds] [EXAT $atSeconds|PXAT $atMillis] [XX]"),
        new Shape("SET $key $value $junk..."),
        new Shape("SETEX $key $seconds $value"),
        new Shape("SETNX $key $value"),
        new Shape("SETRANGE $key $place $value"),
        new Shape("STRLEN $key"),
        new Shape("SUBSTR $key $place $place"));
  }
}
