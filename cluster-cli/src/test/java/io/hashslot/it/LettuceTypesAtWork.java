package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lettuce.core.BitFieldArgs;
import io.lettuce.core.Consumer;
import io.lettuce.core.GeoArgs;
import io.lettuce.core.GeoSearch;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.SortArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.models.stream.PendingMessages;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All types of values through the typed interface of Lettuce. */
abstract class LettuceTypesAtWork {
  private RedisClusterClient client;
  private StatefulRedisClusterConnection<String, String> connection;

  abstract TestCluster cluster();

  private RedisAdvancedClusterCommands<String, String> connect(ProtocolVersion protocol) {
    ServerProcess seed = cluster().servers().getFirst();
    client = ClusterClients.lettuce(seed);
    client.setOptions(ClusterClients.lettuceOptions(seed).protocolVersion(protocol).build());
    connection = client.connect();
    return connection.sync();
  }

  @AfterEach
  void shutDown() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void bits(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{bits}l", "{bits}m");
    assertThat(redis.setbit("{bits}l", 7, 1)).isZero();
    assertThat(redis.getbit("{bits}l", 7)).isOne();
    assertThat(redis.bitcount("{bits}l")).isOne();
    assertThat(redis.bitpos("{bits}l", true)).isEqualTo(7);
    assertThat(redis.bitopNot("{bits}m", "{bits}l")).isOne();
    assertThat(redis.bitcount("{bits}m")).isEqualTo(7);
    assertThat(
            redis.bitfield(
                "{bits}l",
                BitFieldArgs.Builder.incrBy(BitFieldArgs.unsigned(8), 8, 300)
                    .overflow(BitFieldArgs.OverflowType.SAT)
                    .get(BitFieldArgs.signed(8), 8)))
        .containsExactly(44L, 44L);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void lists(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{list}l", "{list}m");
    assertThat(redis.rpush("{list}l", "a", "b", "c", "b")).isEqualTo(4);
    assertThat(redis.lpush("{list}l", "z")).isEqualTo(5);
    assertThat(redis.lrange("{list}l", 0, -1)).containsExactly("z", "a", "b", "c", "b");
    assertThat(redis.lpos("{list}l", "b")).isEqualTo(2);
    assertThat(redis.lpos("{list}l", "b", 2)).containsExactly(2L, 4L);
    assertThat(redis.linsert("{list}l", true, "c", "B")).isEqualTo(6);
    assertThat(redis.lset("{list}l", 0, "Z")).isEqualTo("OK");
    assertThat(redis.lrem("{list}l", -1, "b")).isOne();
    assertThat(redis.lmove("{list}l", "{list}m", LMoveArgs.Builder.leftRight())).isEqualTo("Z");
    assertThat(redis.lpop("{list}l", 2)).containsExactly("a", "b");
    assertThat(redis.blpop(1, "{list}none", "{list}l")).isEqualTo(KeyValue.just("{list}l", "B"));
    assertThat(redis.blpop(0.01, "{list}none")).isNull();
    assertThat(redis.ltrim("{list}l", 1, 1)).isEqualTo("OK");
    assertThat(redis.exists("{list}l")).isZero();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void hashes(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("hash");
    assertThat(redis.hset("hash", Map.of("a", "1", "b", "2", "c", "x"))).isEqualTo(3);
    assertThat(redis.hget("hash", "a")).isEqualTo("1");
    assertThat(redis.hgetall("hash"))
        .containsOnly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "x"));
    assertThat(redis.hmget("hash", "a", "none"))
        .containsExactly(KeyValue.just("a", "1"), KeyValue.empty("none"));
    assertThat(redis.hincrby("hash", "a", 41)).isEqualTo(42);
    assertThat(redis.hincrbyfloat("hash", "b", 0.5)).isEqualTo(2.5);
    assertThat(redis.hsetnx("hash", "a", "no")).isFalse();
    assertThat(redis.hstrlen("hash", "a")).isEqualTo(2);
    assertThat(redis.hkeys("hash")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(redis.hrandfield("hash", 10)).hasSize(3);
    for (int i = 0; i < 1000; i++) redis.hset("hash", "field " + i, "value");
    List<String> seen = new ArrayList<>();
    ScanIterator.hscan(redis, "hash").forEachRemaining(entry -> seen.add(entry.getKey()));
    assertThat(seen).hasSize(1003).doesNotHaveDuplicates();
    assertThat(redis.hdel("hash", "a", "none")).isOne();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void sets(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{set}a", "{set}b", "{set}c");
    assertThat(redis.sadd("{set}a", "1", "2", "3")).isEqualTo(3);
    assertThat(redis.sadd("{set}b", "2", "3", "x")).isEqualTo(3);
    assertThat(redis.smembers("{set}a")).containsExactlyInAnyOrder("1", "2", "3");
    assertThat(redis.sinter("{set}a", "{set}b")).containsExactlyInAnyOrder("2", "3");
    assertThat(redis.sdiff("{set}a", "{set}b")).containsExactly("1");
    assertThat(redis.sunionstore("{set}c", "{set}a", "{set}b")).isEqualTo(4);
    assertThat(redis.sintercard("{set}a", "{set}b")).isEqualTo(2);
    assertThat(redis.smismember("{set}a", "1", "x")).containsExactly(true, false);
    assertThat(redis.smove("{set}a", "{set}b", "1")).isTrue();
    assertThat(redis.srandmember("{set}c", -20)).hasSize(20);
    assertThat(redis.spop("{set}c", 10)).hasSize(4);
    assertThat(redis.exists("{set}c")).isZero();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void sortedSets(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{z}a", "{z}b", "{z}c");
    assertThat(
            redis.zadd(
                "{z}a",
                ScoredValue.just(1, "one"),
                ScoredValue.just(2.5, "two"),
                ScoredValue.just(Double.POSITIVE_INFINITY, "top")))
        .isEqualTo(3);
    assertThat(redis.zadd("{z}a", ZAddArgs.Builder.gt().ch(), 3.5, "two")).isOne();
    assertThat(redis.zscore("{z}a", "two")).isEqualTo(3.5);
    assertThat(redis.zincrby("{z}a", 0.25, "one")).isEqualTo(1.25);
    assertThat(redis.zrank("{z}a", "top")).isEqualTo(2);
    assertThat(redis.zrangeWithScores("{z}a", 0, -1))
        .containsExactly(
            ScoredValue.just(1.25, "one"),
            ScoredValue.just(3.5, "two"),
            ScoredValue.just(Double.POSITIVE_INFINITY, "top"));
    assertThat(redis.zrangebyscore("{z}a", Range.create(1, 5), Limit.create(1, 1)))
        .containsExactly("two");
    redis.zadd("{z}b", ScoredValue.just(10, "two"));
    assertThat(redis.zinterstore("{z}c", "{z}a", "{z}b")).isOne();
    assertThat(redis.zscore("{z}c", "two")).isEqualTo(13.5);
    assertThat(redis.zpopmin("{z}a")).isEqualTo(ScoredValue.just(1.25, "one"));
    assertThat(redis.bzpopmax(1, "{z}a").getValue())
        .isEqualTo(ScoredValue.just(Double.POSITIVE_INFINITY, "top"));
    assertThat(redis.zmscore("{z}a", "two", "none")).containsExactly(3.5, null);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void places(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("geo");
    redis.geoadd("geo", 13.361389, 38.115556, "Palermo");
    redis.geoadd("geo", 15.087269, 37.502669, "Catania");
    assertThat(redis.geodist("geo", "Palermo", "Catania", GeoArgs.Unit.km))
        .isCloseTo(166.2742, within(0.0001));
    assertThat(redis.geohash("geo", "Palermo").getFirst().getValue()).isEqualTo("sqc8b49rny0");
    assertThat(
            redis.geosearch(
                "geo",
                GeoSearch.fromCoordinates(15, 37),
                GeoSearch.byRadius(200, GeoArgs.Unit.km),
                GeoArgs.Builder.full().asc()))
        .extracting(found -> found.getMember())
        .containsExactly("Catania", "Palermo");
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void streams(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("stream");
    String first = redis.xadd("stream", Map.of("n", "1"));
    redis.xadd("stream", XAddArgs.Builder.maxlen(100).approximateTrimming(), "n", "2");
    assertThat(redis.xlen("stream")).isEqualTo(2);
    assertThat(redis.xrange("stream", Range.unbounded())).hasSize(2);
    redis.xgroupCreate(StreamOffset.from("stream", "0"), "group");
    List<StreamMessage<String, String>> read =
        redis.xreadgroup(
            Consumer.from("group", "one"),
            XReadArgs.Builder.count(1),
            StreamOffset.lastConsumed("stream"));
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().getId()).isEqualTo(first);
    assertThat(read.getFirst().getBody()).containsEntry("n", "1");
    PendingMessages pending = redis.xpending("stream", "group");
    assertThat(pending.getCount()).isOne();
    assertThat(redis.xack("stream", "group", first)).isOne();
    assertThat(redis.xread(XReadArgs.Builder.block(10), StreamOffset.latest("stream"))).isEmpty();
    assertThat(redis.xinfoGroups("stream")).hasSize(1);
    assertThat(redis.xdel("stream", first)).isOne();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void counts(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{hll}a", "{hll}b", "{hll}c");
    assertThat(redis.pfadd("{hll}a", "x", "y", "z")).isOne();
    assertThat(redis.pfadd("{hll}b", "z", "w")).isOne();
    assertThat(redis.pfcount("{hll}a")).isEqualTo(3);
    assertThat(redis.pfmerge("{hll}c", "{hll}a", "{hll}b")).isEqualTo("OK");
    assertThat(redis.pfcount("{hll}c")).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void keysOfAnyType(ProtocolVersion protocol) {
    var redis = connect(protocol);
    redis.del("{any}l", "{any}copy", "{any}sorted", "{any}restored");
    redis.rpush("{any}l", "3", "1", "2");
    assertThat(redis.sort("{any}l")).containsExactly("1", "2", "3");
    assertThat(redis.sortStore("{any}l", SortArgs.Builder.desc(), "{any}sorted")).isEqualTo(3);
    assertThat(redis.type("{any}l")).isEqualTo("list");
    assertThat(redis.objectEncoding("{any}l")).isEqualTo("listpack");
    assertThat(redis.copy("{any}l", "{any}copy")).isTrue();
    assertThat(redis.restore("{any}restored", 0, redis.dump("{any}copy"))).isEqualTo("OK");
    assertThat(redis.lrange("{any}restored", 0, -1)).containsExactly("3", "1", "2");
    assertThat(redis.unlink("{any}l", "{any}copy", "{any}restored")).isEqualTo(3);
  }
}
