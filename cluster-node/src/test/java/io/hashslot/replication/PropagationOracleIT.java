package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replicas are sent for what clients do: the same as by valkey-server. */
class PropagationOracleIT {
  private static final String END = "the-end-of-it";

  /** One after the other, by one client; what each leaves is there for those that follow. */
  private static final List<String> COMMANDS =
      """
      SET k v
      SET k v EX 100
      SET k v PX 100000
      SET k v EXAT 4102444800
      SET k v NX
      SET k v XX GET KEEPTTL
      SET fresh v EX 100 NX GET
      SET k v PXAT 1
      SET missing v PXAT 1
      SETEX k 100 v
      PSETEX k 100000 v
      SETNX new v
      SETNX new v
      GETSET k v
      GETEX k EX 100
      GETEX k PERSIST
      GETEX k
      GETEX k PXAT 1
      SET k 1
      GETDEL k
      INCR k
      INCRBYFLOAT k 1.5
      APPEND k x
      SETRANGE k 3 x
      SETRANGE k 0 ""
      MSET a 1 b 2
      MSETNX a 1 c 2
      MSETNX c 1 d 2
      SETBIT bits 7 1
      BITOP NOT d bits
      BITFIELD bits SET u8 0 1
      BITFIELD bits GET u8 0
      PFADD hll a
      PFADD hll a
      PFCOUNT hll
      PFMERGE hll2 hll
      DEL nothing
      UNLINK bits
      EXPIRE a 100
      PEXPIRE a 100000
      EXPIREAT a 4102444800
      EXPIRE a 100 NX
      EXPIRE a 100 GT
      EXPIRE b 100 NX
      EXPIRE b -1
      PERSIST a
      PERSIST a
      EXPIREAT a 1
      RENAME c a
      RENAMENX a d
      RENAMENX a c
      COPY c b
      COPY c b DB 2
      MOVE c 3
      SWAPDB 2 3
      FLUSHDB ASYNC
      RPUSH l a b c d e f
      LPUSHX nothing a
      LPOP l 2
      LMOVE l m LEFT RIGHT
      RPOPLPUSH l m
      BLPOP l 0
      BRPOP none l 0
      BLMOVE m l LEFT RIGHT 0
      BRPOPLPUSH m l 0
      RPUSH l a b c
      LMPOP 2 none l LEFT COUNT 2
      BLMPOP 0 1 l RIGHT COUNT 9
      RPUSH l a b a
      LREM l 1 a
      LSET l 0 x
      LINSERT l BEFORE x y
      LTRIM l 0 0
      SORT l ALPHA STORE sorted
      SADD s a b c
      SADD s a
      SREM s a nothing
      SMOVE s t b
      SPOP s
      SADD s 1 2 3
      SPOP s 9
      SPOP s 1
      SADD s 1 2
      SINTERSTORE dest s t
      SUNIONSTORE dest s t
      SDIFFSTORE dest none
      HSET h f v
      HSET h f v
      HSETNX h f w
      HMSET h g v
      HINCRBY h n 2
      HINCRBYFLOAT h n 1.5
      HDEL h f nothing
      ZADD z 1 a 2 b 3 c 4 d
      ZADD z 1 a
      ZADD z INCR 0.5 a
      ZINCRBY z 1.5 a
      ZPOPMIN z
      ZPOPMAX z 1
      BZPOPMIN z 0
      ZADD z 1 a 2 b
      ZMPOP 1 z MIN COUNT 1
      BZMPOP 0 1 z MAX COUNT 5
      ZADD z 1 a 2 b
      ZRANGESTORE zd z 0 0
      ZUNIONSTORE zd 1 z
      ZREMRANGEBYRANK z 0 0
      GEOADD g 13.361389 38.115556 P
      GEOADD g NX CH 15 37 Q
      GEOSEARCHSTORE gd g FROMLONLAT 13 38 BYRADIUS 500 km
      GEORADIUS g 13 38 500 km STORE gd
      XADD x 1-1 f v
      XADD x 1-* f v
      XADD nothing NOMKSTREAM 1-1 f v
      XADD x MAXLEN 3 2-1 f v
      XADD x MAXLEN ~ 2 3-1 f v
      XADD x MINID ~ 1-2 LIMIT 10 4-1 f v
      XTRIM x MAXLEN ~ 1000
      CONFIG SET stream-node-max-entries 3
      XADD t 1 f v
      XADD t 2 f v
      XADD t 3 f v
      XADD t 4 f v
      XADD t 5 f v
      XADD t 6 f v
      XADD t 7 f v
      XADD t 8 f v
      XADD t 9 f v
      XADD t 10 f v
      XADD t 11 f v
      XADD t 12 f v
      XADD t 13 f v
      XDEL t 2 5 8 13
      XTRIM t MINID ~ 3
      XTRIM t MINID ~ 4
      XTRIM t MINID ~ 6 LIMIT 1
      XADD t MINID ~ 6 LIMIT 3 14 f v
      XTRIM t MINID = 8
      XADD t MINID ~ 11 15 f v
      XTRIM t MAXLEN ~ 3
      XTRIM t MAXLEN ~ 3 LIMIT 0
      XDEL t 10 11 12
      XADD t MAXLEN ~ 1 LIMIT 3 16 f v
      XTRIM t MINID ~ 14
      XTRIM t MINID ~ 99
      XADD t MINID ~ 99 LIMIT 0 17 f v
      XADD t MAXLEN ~ 0 18 f v
      XADD t MAXLEN = 0 19 f v
      XTRIM t MINID ~ 20
      XADD t MINID = 20 20 f v
      XADD t NOMKSTREAM MAXLEN ~ 1 21 f v
      XTRIM t MAXLEN ~ 0
      CONFIG SET stream-node-max-entries 100
      XGROUP CREATE x g 0
      XGROUP CREATE y g $ MKSTREAM
      XREADGROUP GROUP g c COUNT 2 STREAMS x >
      XREADGROUP GROUP g c STREAMS x 0
      XCLAIM x g d 0 2-1
      XCLAIM x g d 0 2-1 JUSTID
      XAUTOCLAIM x g e 0 0
      XACK x g 2-1
      XACK x g 2-1
      XREADGROUP GROUP g c NOACK STREAMS x >
      XREADGROUP GROUP g c STREAMS x >
      XGROUP CREATECONSUMER x g f
      XGROUP CREATECONSUMER x g f
      XGROUP DELCONSUMER x g f
      XGROUP SETID x g 0
      XDEL x 1-2 1-1
      XSETID x 9-9
      XTRIM x MAXLEN 1
      XGROUP DESTROY y g
      MULTI
      SET a 1
      EXEC
      MULTI
      SET a 1
      GET a
      SET b 2
      EXEC
      MULTI
      GET a
      EXEC
      MULTI
      SELECT 2
      SET a 1
      SELECT 0
      SET a 2
      EXEC
      MULTI
      SET a x
      INCR a
      EXPIRE a 100
      EXEC
      PUBLISH channel message
      SPUBLISH channel message
      TOUCH a
      FLUSHDB
      FLUSHALL
      """
          .lines()
          .toList();

  @TempDir Path folder;

  @Test
  void replicasAreSentWhatValkeySendsThem() throws Exception {
    try (RunningNode ours = new RunningNode(folder.resolve("ours"));
        PeerServer theirs = Peers.peer(PeerServer.Kind.VALKEY, folder.resolve("theirs"))) {
      assertThat(streamOf(ours.port())).isEqualTo(streamOf(theirs.port()));
    }
  }

  private static List<String> streamOf(int port) throws IOException {
    try (RawClient client = RawClient.tcp(port);
        RawClient replica = RawClient.tcp(port)) {
      attach(replica, client);
      for (String command : COMMANDS) {
        skip(client, words(client, command));
      }
      skip(client, client.run("PUBLISH", END, ""));
      List<String> stream = new ArrayList<>();
      for (String next = command(replica); !next.contains(END); next = command(replica)) {
        if (next.startsWith("SELECT ") && !stream.isEmpty() && stream.getLast().equals("MULTI")) {
          // Here, as in Redis 7.0, it stands before.
          stream.add(stream.size() - 1, next);
        } else if (!next.equals("PING")) {
          stream.add(next);
        }
      }
      return stream;
    }
  }

  private static String words(RawClient client, String command) throws IOException {
    String[] words = command.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("\"\"") ? "" : words[i];
    }
    return client.send(RawClient.request(words)).line();
  }

  /** Reads what is left of a reply whose first line has been read. */
  private static void skip(RawClient client, String line) throws IOException {
    int count = line.startsWith("*") ? Integer.parseInt(line.substring(1)) : 0;
    if (line.startsWith("$") && !line.equals("$-1")) {
      client.read(Integer.parseInt(line.substring(1)) + 2);
    }
    for (int i = 0; i < count; i++) {
      skip(client, client.line());
    }
  }

  /** Becomes a replica that has everything. */
  private static void attach(RawClient replica, RawClient client) throws IOException {
    assertThat(replica.run("REPLCONF", "capa", "eof", "capa", "psync2")).isEqualTo("+OK");
    replica.send(RawClient.request("PSYNC", "?", "-1"));
    String answer = line(replica);
    assertThat(answer).startsWith("+FULLRESYNC ");
    String mark = line(replica).substring("$EOF:".length());
    StringBuilder snapshot = new StringBuilder();
    while (snapshot.indexOf(mark) < 0) {
      snapshot.append(replica.read(1));
    }
    String offset = answer.substring(answer.lastIndexOf(' ') + 1);
    replica.send(RawClient.request("REPLCONF", "ACK", offset));
    Peers.await("the link", () -> client.info("replication", "slave0").contains("state=online"));
    // valkey-server hears it only when it knows that the snapshot was sent.
    replica.send(RawClient.request("REPLCONF", "ACK", offset));
  }

  private static String line(RawClient from) throws IOException {
    String text = from.read(1);
    while (text.equals("\n")) {
      text = from.read(1);
    }
    return text + from.line();
  }

  /** A command of the stream; moments of today are only said to be some. */
  private static String command(RawClient replica) throws IOException {
    int count = Integer.parseInt(replica.line().substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = replica.reply();
      words.add(word.matches("1[0-9]{12}") ? "<ms>" : word);
    }
    words.set(0, words.getFirst().toUpperCase(Locale.ROOT));
    return String.join(" ", words);
  }
}
