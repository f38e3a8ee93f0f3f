package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on keys of any type. */
final class GenericStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("COPY $key $key [DB $database] [REPLACE]"),
        new Shape("COPY $key $key $junk..."),
        new Shape("DEL $key..."),
        new Shape("DUMP $key", Normal.PAYLOAD),
        new Shape("EXISTS $key..."),
        new Shape("EXPIRE $key $seconds [NX|XX] [GT|LT]"),
        new Shape("EXPIRE $key $seconds $junk..."),
        new Shape("EXPIREAT $key $atSeconds [NX|XX|GT|LT]"),
        new Shape("EXPIRETIME $key", Normal.SECONDS_AT),
        new Shape("KEYS $glob", Normal.ANY_ORDER),
        new Shape("MOVE $key $database"),
        new Shape("OBJECT ENCODING $key"),
        new Shape("OBJECT FREQ $key"),
        new Shape("OBJECT HELP"),
        new Shape("OBJECT IDLETIME $key", Normal.KIND),
        new Shape("OBJECT REFCOUNT $key", Normal.KIND),
        new Shape("PERSIST $key"),
        new Shape("PEXPIRE $key $millis [NX|XX|GT|LT]"),
        new Shape("PEXPIREAT $key $atMillis [NX|XX|GT|LT]"),
        new Shape("PEXPIRETIME $key", Normal.MILLIS_AT),
        new Shape("PTTL $key", Normal.MILLIS_LEFT),
        new Shape("RANDOMKEY", Normal.KIND),
        new Shape("RENAME $key $key"),
        new Shape("RENAMENX $key $key"),
        new Shape("RESTORE $key 0 $payload [REPLACE]"),
        new Shape("RESTORE-ASKING $key 0 $payload [REPLACE]"),
        new Shape("RESTORE $key $ttl $payload [REPLACE] [IDLETIME $integer|FREQ $integer]"),
        new Shape("RESTORE $key $atMillis $payload REPLACE ABSTTL"),
        new Shape("RESTORE $key $ttl $value"),
        new Shape("RESTORE-ASKING $key 0 $payload [REPLACE]"),
        new Shape("SCAN 0 COUNT 100000 [MATCH $glob] [TYPE $type]", Normal.WHOLE_SCAN),
        new Shape("SCAN $integer [COUNT $integer] [MATCH $glob]", Normal.PAGE),
        new Shape("SCAN 0 $junk...", Normal.PAGE),
        // A number out of range is never forgotten there: all that follow are refused, too.
        // Bytes of 0 would end a text there: the C servers compare by the rules of a locale.
        // Keys of their own: sorting a sorted set makes valkey-server 8.0.1 give up its compact
        // form.
        new Shape("RPUSH $unsorted $sortable..."),
        new Shape("RPUSH $unsorted $integer..."),
        new Shape("SADD $unsorted $sortable..."),
        new Shape("SADD $unsorted $integer..."),
        new Shape("SET [w1|w-1|{w}10|w0] $sortable"),
        new Shape("HSET [w2|w0|w1] f $integer"),
        new Shape("DEL $unsorted"),
        new Shape(
            "SORT $unsorted [BY w*|BY *|BY w*->f] [LIMIT $integer $integer] [GET #|GET w* GET"
                + " {w}*|GET x|GET w*->f] [ASC|DESC]"),
        new Shape("SORT $unsorted ALPHA [LIMIT $integer $integer] [GET #|GET *] [ASC|DESC]"),
        new Shape("SORT $unsorted [LIMIT $integer $integer] [DESC] [ALPHA] STORE $unsorted"),
        new Shape("SORT $unsorted BY nosort [GET w*] STORE $unsorted"),
        new Shape("SORT $unsorted [$junk|LIMIT 0|STORE|BY|GET]"),
        new Shape("SORT_RO $unsorted [BY *] [DESC|STORE $key]"),
        new Shape("TOUCH $key..."),
        new Shape("TTL $key", Normal.SECONDS_LEFT),
        new Shape("TYPE $key"),
        new Shape("UNLINK $key..."));
  }
}
