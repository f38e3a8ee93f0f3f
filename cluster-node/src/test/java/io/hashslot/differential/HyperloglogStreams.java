package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on HyperLogLogs. */
final class HyperloglogStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("PFADD $key"),
        new Shape("PFADD $key $member..."),
        new Shape("PFADD $key $member..."),
        new Shape("PFADD $key $member $value $integer $float $place $glob a b c d e"),
        new Shape("PFCOUNT $key"),
        new Shape("PFCOUNT $key..."),
        new Shape("PFDEBUG DECODE $key"),
        new Shape("PFDEBUG ENCODING $key"),
        new Shape("PFDEBUG GETREG $key"),
        new Shape("PFDEBUG [TODENSE|$junk] $key"),
        new Shape("PFMERGE $key"),
        new Shape("PFMERGE $key $key..."),
        new Shape("PFSELFTEST $junk"),
        new Shape("SET $key $sketch"));
  }
}
