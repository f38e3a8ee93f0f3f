package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on bits. */
final class BitmapStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("BITCOUNT $key"),
        new Shape("BITCOUNT $key $place [$place] [BIT|BYTE|$junk]"),
        new Shape("BITCOUNT $key $place $place [BIT|BYTE|$junk]"),
        new Shape("BITFIELD $key GET $field $bit"),
        new Shape("BITFIELD $key SET $field $bit $integer"),
        new Shape("BITFIELD $key [OVERFLOW $rule] INCRBY $field $bit $integer"),
        new Shape(
            "BITFIELD $key SET $field $bit $integer [OVERFLOW $rule] INCRBY $field $bit $integer"
                + " GET $field $bit"),
        new Shape("BITFIELD $key $junk..."),
        new Shape("BITFIELD_RO $key GET $field $bit [GET $field $bit]"),
        new Shape("BITFIELD_RO $key [OVERFLOW $rule] [SET $field $bit $integer]"),
        new Shape("BITOP NOT $key $key [$key]"),
        new Shape("BITOP AND $key $key..."),
        new Shape("BITOP OR $key $key..."),
        new Shape("BITOP XOR $key $key..."),
        new Shape("BITOP $junk $key $key"),
        new Shape("BITPOS $key 0 [$place] [$place]"),
        new Shape("BITPOS $key 1 [$place] [$place]"),
        new Shape("BITPOS $key $integer $place $place [BIT|BYTE|$junk]"),
        new Shape("BITPOS $key 0 $place $place BIT"),
        new Shape("GETBIT $key $bit"),
        new Shape("SETBIT $key $bit 1"),
        new Shape("SETBIT $key $bit $integer"));
  }
}
