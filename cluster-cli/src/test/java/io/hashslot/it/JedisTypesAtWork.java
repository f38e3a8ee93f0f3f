package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.args.GeoUnit;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.args.ListPosition;
import redis.clients.jedis.args.SortedSetOption;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SortingParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.params.ZAddParams;
import redis.clients.jedis.resps.Tuple;

/** All types of values through the typed interface of Jedis. */
abstract class JedisTypesAtWork {
  abstract TestCluster cluster();

  private RedisClusterClient client(RedisProtocol protocol) {
    List<ServerProcess> nodes = cluster().servers();
    return ClusterClients.jedis(
        nodes, ClusterClients.jedisConfig(nodes.getFirst()).protocol(protocol));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void bitsAndCounts(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("{jb}l", "{jb}m", "{jb}h");
      assertThat(redis.setbit("{jb}l", 7, true)).isFalse();
      assertThat(redis.getbit("{jb}l", 7)).isTrue();
      assertThat(redis.bitop(BitOP.NOT, "{jb}m", "{jb}l")).isOne();
      assertThat(redis.bitcount("{jb}m")).isEqualTo(7);
      assertThat(redis.bitfield("{jb}l", "SET", "u8", "8", "200", "GET", "i8", "8"))
          .containsExactly(0L, -56L);
      assertThat(redis.pfadd("{jb}h", "x", "y")).isOne();
      assertThat(redis.pfcount("{jb}h")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void lists(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("{jl}l", "{jl}m");
      assertThat(redis.rpush("{jl}l", "a", "b", "c")).isEqualTo(3);
      assertThat(redis.linsert("{jl}l", ListPosition.BEFORE, "c", "B")).isEqualTo(4);
      assertThat(redis.lindex("{jl}l", -2)).isEqualTo("B");
      assertThat(redis.lmove("{jl}l", "{jl}m", ListDirection.LEFT, ListDirection.RIGHT))
          .isEqualTo("a");
      assertThat(redis.lmpop(ListDirection.RIGHT, 2, "{jl}none", "{jl}l").getValue())
          .containsExactly("c", "B");
      assertThat(redis.blpop(1, "{jl}none", "{jl}l")).containsExactly("{jl}l", "b");
      assertThat(redis.blpop(0.01, "{jl}l")).isNull();
      assertThat(redis.lrange("{jl}m", 0, -1)).containsExactly("a");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void hashesAndSets(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("jh", "{js}a", "{js}b", "{js}c");
      assertThat(redis.hset("jh", Map.of("a", "1", "b", "2"))).isEqualTo(2);
      assertThat(redis.hgetAll("jh")).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
      assertThat(redis.hincrByFloat("jh", "a", 0.5)).isEqualTo(1.5);
      assertThat(redis.hmget("jh", "b", "none")).containsExactly("2", null);
      assertThat(redis.hscan("jh", ScanParams.SCAN_POINTER_START).getResult()).hasSize(2);
      assertThat(redis.hrandfieldWithValues("jh", 1)).hasSize(1);
      redis.sadd("{js}a", "1", "2", "3");
      redis.sadd("{js}b", "2", "3", "x");
      assertThat(redis.sinter("{js}a", "{js}b")).containsExactlyInAnyOrder("2", "3");
      assertThat(redis.sdiffstore("{js}c", "{js}a", "{js}b")).isOne();
      assertThat(redis.smembers("{js}c")).containsExactly("1");
      assertThat(redis.smismember("{js}a", "1", "x")).containsExactly(true, false);
      assertThat(redis.spop("{js}b", 5)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void sortedSetsAndPlaces(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("{jz}a", "{jz}b", "{jg}g");
      assertThat(redis.zadd("{jz}a", Map.of("one", 1.0, "two", 2.5))).isEqualTo(2);
      assertThat(redis.zaddIncr("{jz}a", 0.5, "two", new ZAddParams().xx())).isEqualTo(3.0);
      assertThat(redis.zrangeWithScores("{jz}a", 0, -1))
          .containsExactly(new Tuple("one", 1.0), new Tuple("two", 3.0));
      assertThat(redis.zrangeByScore("{jz}a", "(1", "+inf")).containsExactly("two");
      assertThat(redis.zrevrank("{jz}a", "two")).isZero();
      assertThat(redis.zmpop(SortedSetOption.MAX, "{jz}a").getValue())
          .containsExactly(new Tuple("two", 3.0));
      assertThat(redis.bzpopmin(1, "{jz}none", "{jz}a").getValue())
          .isEqualTo(new Tuple("one", 1.0));
      redis.geoadd("{jg}g", 13.361389, 38.115556, "Palermo");
      redis.geoadd("{jg}g", 15.087269, 37.502669, "Catania");
      assertThat(redis.geodist("{jg}g", "Palermo", "Catania", GeoUnit.KM))
          .isCloseTo(166.2742, within(0.0001));
      assertThat(redis.geohash("{jg}g", "Palermo")).containsExactly("sqc8b49rny0");
      assertThat(redis.georadius("{jg}g", 15, 37, 100, GeoUnit.KM))
          .extracting(found -> found.getMemberByString())
          .containsExactly("Catania");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void streams(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("jx");
      StreamEntryID first = redis.xadd("jx", new XAddParams().maxLen(100), Map.of("n", "1"));
      redis.xadd("jx", StreamEntryID.NEW_ENTRY, Map.of("n", "2"));
      assertThat(redis.xlen("jx")).isEqualTo(2);
      assertThat(redis.xgroupCreate("jx", "group", new StreamEntryID(), false)).isEqualTo("OK");
      var read =
          redis.xreadGroup(
              "group",
              "one",
              new XReadGroupParams().count(1),
              Map.of("jx", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
      assertThat(read.getFirst().getValue().getFirst().getID()).isEqualTo(first);
      assertThat(redis.xpending("jx", "group").getTotal()).isOne();
      assertThat(redis.xack("jx", "group", first)).isOne();
      assertThat(
              redis.xread(
                  new XReadParams().block(10), Map.of("jx", new StreamEntryID(1L << 60, 0))))
          .isNull();
      assertThat(redis.xinfoStream("jx").getLength()).isEqualTo(2);
      assertThat(redis.xrange("jx", first, first)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void keysOfAnyType(RedisProtocol protocol) {
    try (var redis = client(protocol)) {
      redis.del("{ja}l", "{ja}s", "{ja}r");
      redis.rpush("{ja}l", "3", "1", "2");
      assertThat(redis.sort("{ja}l", new SortingParams().desc())).containsExactly("3", "2", "1");
      assertThat(redis.sort("{ja}l", "{ja}s")).isEqualTo(3);
      assertThat(redis.restore("{ja}r", 0, redis.dump("{ja}s"))).isEqualTo("OK");
      assertThat(redis.lrange("{ja}r", 0, -1)).isEqualTo(List.of("1", "2", "3"));
      assertThat(redis.objectEncoding("{ja}r")).isEqualTo("listpack");
    }
  }
}
