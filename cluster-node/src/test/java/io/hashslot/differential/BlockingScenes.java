package io.hashslot.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scenes of clients that wait for keys, and of what others do; see {@link BlockingOracleIT}. */
final class BlockingScenes {
  private static final String LISTS =
      """
      A BLPOP k 0
      W RPUSH k 1
      W EXISTS k

      A BLPOP k 0
      B BLPOP k 0
      C BRPOP k 0
      W RPUSH k 1 2 3 4
      W LRANGE k 0 -1

      A BLPOP a b c 0
      W MULTI ; RPUSH c 3 ; RPUSH b 2 ; EXEC
      W LRANGE c 0 -1

      A BLPOP a b 0
      B BLPOP b a 0
      W MULTI ; RPUSH b 2 ; RPUSH a 1 ; EXEC

      A BLPOP a b 0
      B BLPOP b 0
      W MULTI ; RPUSH b 2 ; RPUSH a 1 ; EXEC

      A BLPOP k 0 ; PING ; BLPOP k 0 ; PING
      B BLPOP k 0
      W RPUSH k 1 2
      W RPUSH k 3 4

      A BLMOVE b c LEFT RIGHT 0
      B BLMOVE a b LEFT RIGHT 0
      C BLPOP c 0
      W RPUSH a 1 2
      W LRANGE a 0 -1 ; LRANGE b 0 -1 ; LRANGE c 0 -1

      A BLMOVE a b LEFT RIGHT 0
      B BLMOVE b a LEFT RIGHT 0
      W RPUSH a 1 2
      W LRANGE a 0 -1 ; LRANGE b 0 -1

      A BRPOPLPUSH a a 0
      B BLPOP a 0
      W RPUSH a 1 2
      W LRANGE a 0 -1

      A BLMOVE a b LEFT LEFT 0
      B BLPOP a 0
      W SET b string
      W RPUSH a 1

      A BLMPOP 0 2 a b LEFT COUNT 2
      B BLMPOP 0 1 b RIGHT COUNT 10
      W RPUSH b 1 2 3 4
      W LRANGE b 0 -1

      A BLPOP k 0
      W SET k string
      W DEL k
      W RPUSH other 1 2
      W RENAME other k
      W LRANGE k 0 -1

      A BLPOP k 0
      W RPUSH other 1 2
      W SET k string
      W COPY other k REPLACE
      W LRANGE k 0 -1

      A BLPOP k 0
      W SELECT 1 ; RPUSH k 1
      W MOVE k 0
      W SELECT 0 ; EXISTS k

      A SELECT 1 ; BLPOP k 0
      B BLPOP k 0
      W RPUSH k 1
      W RPUSH k 2 ; SWAPDB 0 1
      W SELECT 0 ; EXISTS k ; SELECT 1 ; EXISTS k

      A BLPOP k 0
      W RESTORE k 0 \u0001x
      W LPUSH x 1 ; LMOVE x k LEFT RIGHT
      W EXISTS k

      A BLPOP k 0
      W LPUSHX k 1 ; LINSERT k BEFORE 1 2
      W MULTI ; RPUSH k 1 ; DEL k ; EXEC
      W MULTI ; RPUSH k 1 ; LPOP k ; RPUSH k 2 ; EXEC

      A BLPOP k 0
      W MULTI ; RPUSH k 1 ; SET k string ; EXEC
      W MULTI ; DEL k ; RPUSH k 1 ; EXEC

      W RPUSH k 1 ; MULTI ; BLPOP k 0 ; BLPOP k 0 ; BRPOPLPUSH k l 0 ; BLMOVE k l LEFT LEFT 0 ; EXEC
      W MULTI ; BLMPOP 0 1 k LEFT ; RPUSH k 1 ; BLMPOP 0 1 k LEFT ; EXEC

      A BLPOP k 0
      W WATCH k ; RPUSH k 1 ; MULTI ; PING ; EXEC
      W WATCH k
      A BLPOP k 0
      B RPUSH k 1
      W MULTI ; PING ; EXEC

      A BLPOP k 0.05
      A ~
      A BLMOVE a b LEFT LEFT 0.05 ; HELLO 3 ; BLPOP k 0.05 ; BRPOPLPUSH a b 0.05
      A ~

      A CLIENT REPLY OFF ; BLPOP k 0 ; CLIENT REPLY ON
      B BLPOP k 0
      W RPUSH k 1 2

      A HELLO 3 ; BLPOP k 0
      W RPUSH k 1

      A BLPOP k k k 0
      W RPUSH k 1 2
      W LRANGE k 0 -1

      A BLPOP k 0
      W FLUSHALL
      W RPUSH k 1

      A BLPOP k 0
      W MULTI ; RPUSH k 1 ; CLIENT PAUSE 100 WRITE ; EXEC
      A ~
      W EXISTS k

      W CONFIG SET notify-keyspace-events KEA
      S HELLO 3 ; PSUBSCRIBE __keyevent@0__:*
      A BLMOVE a b LEFT RIGHT 0
      B BLPOP b 0
      W RPUSH a 1
      W CONFIG SET notify-keyspace-events

      A BLPOP k 0
      W RPUSH l 3 1 2 ; SORT l STORE k ; LRANGE k 0 -1

      A BLPOP a b 0
      B BLPOP b 1000
      """;

  private static final String SORTED_SETS =
      """
      A BZPOPMIN z 0
      B BZPOPMAX y z 0
      W ZADD z 1 a 2 b 3 c
      W ZRANGE z 0 -1

      A HELLO 3 ; BZPOPMIN z 0
      B BZMPOP 0 2 y z MAX COUNT 2
      W ZADD z 1.5 a 2 b 3 c 4 d
      W ZRANGE z 0 -1

      A BZPOPMIN z 0
      B BLPOP z 0
      W RPUSH z 1
      W ZADD z 1 a

      A BZPOPMIN z 0
      W ZADD a 1 x ; ZADD b 2 y ; ZUNIONSTORE z 2 a b

      A BZPOPMIN z 0
      W ZADD a 1 x 2 y ; ZRANGESTORE z a 0 -1

      A BZPOPMIN z 0
      W GEOADD g 1 1 x ; GEOSEARCHSTORE z g FROMLONLAT 1 1 BYRADIUS 1 KM

      A BZPOPMIN z 0
      W MULTI ; ZADD z 1 a ; ZREM z a ; EXEC
      W ZINCRBY z 5 a

      A BZMPOP 0 1 z MIN
      B BZPOPMIN z 0
      W MULTI ; ZADD z 1 a ; DEL z ; SADD z x ; EXEC
      W DEL z ; ZADD z 2 b 1 a
      """;

  private static final String STREAMS =
      """
      A XREAD BLOCK 0 STREAMS s $
      B XREAD BLOCK 0 COUNT 1 STREAMS t s $ 0
      W XADD s 1-1 f v
      W XADD s 1-2 f v

      A XREAD BLOCK 0 STREAMS s $
      W SET s v
      W DEL s
      W XADD s 1-1 f v

      W XADD s 1-1 f v
      A XREAD BLOCK 0 STREAMS s $
      W DEL s
      W XADD s 1-0 f v
      W XADD s 1-2 f v

      W XADD s 1-1 f v
      A XREAD BLOCK 0 STREAMS s $
      W XSETID s 5-0
      W MULTI ; XADD s 6-1 f v ; XDEL s 6-1 ; EXEC
      W XADD s 6-2 f v

      A XREAD BLOCK 0 STREAMS s $
      W XADD t 1-1 f v
      W RENAME t s

      A XREAD BLOCK 0 STREAMS s $
      W XADD t 1-1 f v ; COPY t s
      W XADD s 1-2 f v

      A HELLO 3 ; XREAD BLOCK 0 STREAMS s t $ $
      W MULTI ; XADD t 1-1 f v ; XADD s 1-2 f v ; EXEC

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W XADD s 1-1 f v

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W DEL s

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W SET s x

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W RENAME s t

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W XGROUP DESTROY s g

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W FLUSHALL

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W SWAPDB 0 1

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W PEXPIRE s -1

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W RESTORE s 0 x

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W MULTI ; DEL s ; XADD s 1-1 f v ; EXEC

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W MULTI ; DEL s ; XADD s 1-1 f v ; XGROUP CREATE s g 0 ; EXEC

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W XADD t 1-1 f v ; RENAME t s

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W XADD t 1-1 f v ; XGROUP CREATE t g 0 ; RENAME t s

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W UNLINK s

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W SELECT 1 ; SELECT 0 ; MOVE s 1

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W PEXPIRE s 10 ; XLEN s
      A ~

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      B XREADGROUP GROUP g d BLOCK 0 STREAMS s >
      C XREADGROUP GROUP h d BLOCK 0 STREAMS s >
      W XGROUP CREATE s h 0
      C XREADGROUP GROUP h d BLOCK 0 STREAMS s >
      D XREAD BLOCK 0 STREAMS s 0
      W XADD s 1-1 f v
      W XADD s 1-2 f v
      W XPENDING s g

      W XADD s 1-1 f v
      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s >
      W XGROUP SETID s g 0
      W XADD s 1-2 f v

      W XGROUP CREATE s g $ MKSTREAM
      W XGROUP CREATE t g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 STREAMS s t > >
      W MULTI ; XGROUP DESTROY t g ; XADD s 1-1 a b ; EXEC
      W XPENDING s g

      W XGROUP CREATE s g $ MKSTREAM
      A XREADGROUP GROUP g c BLOCK 0 NOACK STREAMS s >
      W XADD s 1-1 f v
      W XPENDING s g

      A XREAD BLOCK 20 STREAMS s $
      A ~
      A MULTI ; XREAD BLOCK 0 STREAMS s $ ; EXEC
      """;

  private BlockingScenes() {}

  /** Returns the scenes. */
  static List<String> all() {
    List<String> scenes = new ArrayList<>();
    for (String some : List.of(LISTS, SORTED_SETS, STREAMS)) {
      scenes.addAll(Arrays.asList(some.split("\n\n")));
    }
    return scenes;
  }
}
