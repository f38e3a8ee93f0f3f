package io.hashslot.bench.load;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one operation of a workload asks for: its requests, separated by bars, and what answers
 * each.
 *
 * <p>In the requests {@code {n}} is the number drawn for the operation in twelve digits, {@code
 * {n/10}} and {@code {n%10}} a division's result and rest (by any number), and {@code {value}} a
 * value that follows from the number, so that whoever reads it can be checked. To measure another
 * command, add its row here.
 */
enum RequestKind {
  SET("SET key:{n} {value}", Expected.OK),
  GET("GET key:{n}", SET, Expected.VALUE),
  /** Has a name space of its own, since the values of {@link #SET} are no numbers. */
  INCR("INCR cnt:{n}", Expected.COUNT),
  /** Ten keys at once; as many keys in all as numbers. */
  MSET(
      "MSET k0:{n/10} {value} k1:{n/10} {value} k2:{n/10} {value} k3:{n/10} {value}"
          + " k4:{n/10} {value} k5:{n/10} {value} k6:{n/10} {value} k7:{n/10} {value}"
          + " k8:{n/10} {value} k9:{n/10} {value}",
      Expected.OK),
  PING("PING", Expected.PONG),
  /** Is over when WAIT has been answered. */
  WAITSET("SET key:{n} {value} | WAIT 1 1000", Expected.OK, Expected.CONFIRMED),
  /** Hashes of ten fields. */
  HSET("HSET hsh:{n/10} fld:{n%10} {value}", Expected.COUNT),
  HGET("HGET hsh:{n/10} fld:{n%10}", HSET, Expected.VALUE),
  /** One large hash. */
  HSET_ONE("HSET hash fld:{n} {value}", Expected.COUNT),
  HGET_ONE("HGET hash fld:{n}", HSET_ONE, Expected.VALUE),
  /** Sets of a thousand members of 16 bytes. */
  SADD("SADD set:{n/1000} mbr:{n%1000}", Expected.COUNT),
  SISMEMBER("SISMEMBER set:{n/1000} mbr:{n%1000}", SADD, Expected.COUNT),
  /** Sets of a thousand numbers. */
  SADD_INT("SADD nrs:{n/1000} 1{n%1000}", Expected.COUNT),
  /** One large set. */
  SADD_ONE("SADD set mbr:{n}", Expected.COUNT),
  /** Lists of a thousand elements at first, then longer ones. */
  RPUSH("RPUSH lst:{n/1000} {value}", Expected.COUNT),
  LPUSH("LPUSH lst:{n/1000} {value}", Expected.COUNT),
  /** Lists as queues: one end gets an element, the other gives one. */
  QUEUE("RPUSH lst:{n/1000} {value} | LPOP lst:{n/1000}", RPUSH, Expected.COUNT, Expected.ELEMENT),
  /** Sorted sets of 128 members, the most that stay compact; the ten least of one. */
  ZADD("ZADD zst:{n/128} {n%128} mbr:{n}", Expected.COUNT),
  ZRANGE("ZRANGE zst:{n/128} 0 9", ZADD, Expected.ELEMENTS),
  /** One large sorted set; ten members from a score on. */
  ZADD_ONE("ZADD zset {n%9973} mbr:{n}", Expected.COUNT),
  ZRANGE_ONE("ZRANGEBYSCORE zset {n%9973} +inf LIMIT 0 10", ZADD_ONE, Expected.ELEMENTS),
  /** Ten streams, each of some thousand entries of one field. */
  XADD("XADD str:{n%10} MAXLEN ~ 10000 * field {value}", Expected.ID),
  /** One large stream. */
  XADD_ONE("XADD stream * field {value}", Expected.ID);

  /** What a request is answered by. */
  enum Expected {
    OK,
    /** The value of the operation's number, or none: a miss. */
    VALUE,
    /** A number that is not negative. */
    COUNT,
    PONG,
    /** The id of an entry. */
    ID,
    /** An element, whichever it is. */
    ELEMENT,
    /** An array, empty or not. */
    ELEMENTS,
    /** How many replicas have confirmed. */
    CONFIRMED
  }

  /** The requests of one operation, each as its words. */
  final List<List<String>> requests;

  private final Expected[] expected;
  private final RequestKind filler;

  /** How many replies answer one operation. */
  final int replies;

  RequestKind(String requests, Expected... expected) {
    this(requests, null, expected);
  }

  RequestKind(String requests, @Nullable RequestKind filler, Expected... expected) {
    this.requests =
        List.of(requests.split(" \\| ")).stream().map(one -> List.of(one.split(" "))).toList();
    this.filler = filler == null ? this : filler;
    this.expected = expected;
    replies = expected.length;
  }

  /** What the reply of an index answers with. */
  Expected expected(int reply) {
    return expected[reply];
  }

  /** What has to be sent for every number first, so that this kind finds something. */
  RequestKind filler() {
    return filler;
  }

  /** The name on the command line. */
  String workload() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
