package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HsetTest extends CommandTest {
  @Test
  void shouldSetFieldsAndCountNewOnes() {
    run("HSET", "h", "a", "1", "b", "2")
        .replies(":2")
        .propagates("HSET h a 1 b 2")
        .fires("new:h", "hset:h");
    run("HSET", "h", "b", "3", "c", "4", "c", "5").replies(":1").fires("hset:h");
    run("HGETALL", "h")
        .replies("*6", "$1", "a", "$1", "1", "$1", "b", "$1", "3", "$1", "c", "$1", "5");
  }

  @Test
  void shouldRepeatEvenWhatChangesNothing() {
    run("HSET", "h", "a", "1");
    run("HSET", "h", "a", "1").replies(":0").propagates("HSET h a 1").fires("hset:h");
  }

  @Test
  void shouldRefuseAFieldWithoutValue() {
    run("HSET", "h", "a").replies("-ERR wrong number of arguments for 'hset' command");
    run("HSET", "h", "a", "1", "b").replies("-ERR wrong number of arguments for 'hset' command");
    run("EXISTS", "h").replies(":0");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HSET", "s", "a", "1").fails("WRONGTYPE").propagatesNothing().firesNothing();
  }

  @Test
  void shouldTakeAnyBytes() {
    String odd = "\0\r\n\u00ff";
    run("HSET", "h", odd, odd, "", "").replies(":2");
    run("HGET", "h", odd).repliesBulk(odd);
    run("HGET", "h", "").repliesBulk("");
  }

  @Test
  void shouldChangeTheFormWhereTheLimitsSay() {
    String[] words = new String[2 + 2 * 512];
    words[0] = "HSET";
    words[1] = "h";
    for (int i = 0; i < 512; i++) {
      words[2 + 2 * i] = "f" + i;
      words[3 + 2 * i] = "x".repeat(64);
    }
    run(words).replies(":512");
    run("OBJECT", "ENCODING", "h").repliesBulk("listpack");
    run("HSET", "h", "f0", "x".repeat(65)).replies(":0");
    run("OBJECT", "ENCODING", "h").repliesBulk("hashtable");
    run("HLEN", "h").replies(":512");
    run("HSET", "i", "f", "x");
    words[1] = "i";
    run(words).replies(":512");
    run("OBJECT", "ENCODING", "i").repliesBulk("hashtable");
  }

  @Test
  void shouldKeepTheExpiry() {
    run("HSET", "h", "a", "1");
    run("EXPIRE", "h", "100");
    run("HSET", "h", "a", "x".repeat(1000));
    run("TTL", "h").replies(":100");
  }
}
