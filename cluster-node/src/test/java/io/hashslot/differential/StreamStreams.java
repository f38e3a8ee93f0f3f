package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on streams. */
final class StreamStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("XACK $key $group $id..."),
        new Shape("XACK a g $entry..."),
        new Shape("XADD a $entry f $value"),
        new Shape("XADD a $entry f $value"),
        new Shape("XADD a $entry f $value"),
        new Shape("XADD a $entry g $integer f $integer"),
        new Shape("XADD a $entry $value..."),
        new Shape("XADD $key $entry $member $value"),
        new Shape("XADD $key [NOMKSTREAM] [MAXLEN $integer|MAXLEN ~ 1|MINID $id] $entry f v"),
        new Shape("XADD a $trim... 9-* f v"),
        new Shape("XAUTOCLAIM a g $consumer 0 $id [COUNT $integer] [JUSTID]"),
        new Shape("XAUTOCLAIM $key $group c $integer $id $junk..."),
        new Shape("XCLAIM a g $consumer 0 $entry $entry [FORCE] [JUSTID] [IDLE $integer]"),
        new Shape("XCLAIM a $group c $integer $id [RETRYCOUNT $integer] [LASTID $id] [TIME 5]"),
        new Shape("XCLAIM $key $group c 0 $id $junk..."),
        new Shape("XDEL a $entry..."),
        new Shape("XDEL $key $id..."),
        new Shape("XGROUP CREATE $key $group $id [MKSTREAM] [ENTRIESREAD $integer]"),
        new Shape("XGROUP CREATE a g 0 [MKSTREAM]"),
        new Shape("XGROUP CREATECONSUMER $key $group $consumer"),
        new Shape("XGROUP DELCONSUMER a $group $consumer"),
        new Shape("XGROUP DESTROY $key $group"),
        new Shape("XGROUP HELP", Normal.KIND),
        new Shape("XGROUP SETID $key $group $id [ENTRIESREAD $integer]"),
        new Shape("XGROUP SETID a g $id"),
        new Shape("XINFO CONSUMERS a $group", Normal.STREAM_FACTS),
        new Shape("XINFO CONSUMERS $key $group", Normal.STREAM_FACTS),
        new Shape("XINFO GROUPS $key", Normal.STREAM_FACTS),
        new Shape("XINFO GROUPS a", Normal.STREAM_FACTS),
        new Shape("XINFO HELP", Normal.KIND),
        new Shape("XINFO STREAM $key [FULL] [COUNT $integer]", Normal.STREAM_FACTS),
        new Shape("XINFO STREAM a [FULL COUNT 0]", Normal.STREAM_FACTS),
        new Shape("XLEN $key"),
        new Shape("XPENDING a $group [$id $id $integer]", Normal.STREAM_FACTS),
        new Shape("XPENDING a g [IDLE $integer] - + 10 [$consumer]", Normal.STREAM_FACTS),
        new Shape("XPENDING $key g $junk...", Normal.STREAM_FACTS),
        new Shape("XRANGE $key $id $id [COUNT $integer]"),
        new Shape("XRANGE a - + [COUNT $integer]"),
        new Shape("XREAD BLOCK [1|x|-1|9223372036854775807] [COUNT $integer] STREAMS a $id"),
        new Shape("XREAD [COUNT $integer] STREAMS a $id"),
        new Shape("XREAD [COUNT 1] STREAMS $key {a}1 $id $id"),
        new Shape("XREAD $junk... STREAMS a 0"),
        new Shape("XREADGROUP GROUP g $consumer BLOCK 1 [COUNT 1] [NOACK] STREAMS a $id"),
        new Shape("XREADGROUP GROUP g $consumer [COUNT 1] [NOACK] STREAMS a >"),
        new Shape("XREADGROUP GROUP $group $consumer [COUNT $integer] STREAMS a $id"),
        new Shape("XREADGROUP GROUP g c STREAMS $key {a}1 $id >"),
        new Shape("XREADGROUP GROUP g c $junk... STREAMS a >"),
        new Shape("XREVRANGE $key $id $id [COUNT $integer]"),
        new Shape("XSETID $key $id [ENTRIESADDED $integer] [MAXDELETEDID $id]"),
        new Shape("XSETID a 9-5 $junk..."),
        new Shape("XTRIM a [MAXLEN|MINID] [=|~] $integer [LIMIT $integer]"),
        new Shape("XTRIM $key $trim..."));
  }
}
