package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.memory.Arena;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.ListValue;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DEBUG OBJECT key [fast]; DEBUG SDSLEN, LISTPACK and QUICKLIST key
 *
 * <p>How a value is held, without a trace in its access clock. The forms of values are those of the
 * C servers; their sizes are our own.
 */
final class DebugObject {
  private static final Logger LOG = LoggerFactory.getLogger(DebugObject.class);

  private DebugObject() {}

  private static Value value(Context ctx) {
    Value value = ctx.keys().peek(ctx.key(2));
    if (value == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    return value;
  }

  static void execute(Context ctx, Args args) {
    Value value = value(ctx);
    boolean fast = args.count() == 4 && args.is(3, "FAST");
    int clock = ctx.keys().accessClock(ctx.key(2));
    long idleSeconds = ctx.keys().keyspace().accessClock().idleSeconds(clock, ctx.nowMs());
    String form =
        "Value at:0x"
            + Long.toHexString(addressOf(value))
            + " refcount:1 encoding:"
            + value.encodingName()
            + (fast ? "" : " serializedlength:" + serializedLength(value))
            + " lru:"
            + clock
            + " lru_seconds_idle:"
            + idleSeconds
            + " lfu_freq:"
            + (clock & 0xFF)
            + " lfu_access_time_minutes:"
            + (clock >>> 8);
    ctx.reply().simple(form + chunksOf(ctx, value, fast));
  }

  private static String chunksOf(Context ctx, Value value, boolean fast) {
    if (!(value instanceof ListValue list && list.encodingName().equals("quicklist"))) {
      return "";
    }
    var limits = ctx.keys().keyspace().limits();
    double average = (double) list.size() / Math.max(1, list.chunks());
    return " ql_nodes:"
        + list.chunks()
        + String.format(Locale.ROOT, " ql_avg_node:%.2f", average)
        + " ql_listpack_max:"
        + limits.listMaxListpackSize
        + " ql_compressed:"
        + (limits.listCompressDepth == 0 ? 0 : 1)
        + (fast ? "" : " ql_uncompressed_size:" + list.ownedBytes());
  }

  private static long addressOf(Value value) {
    return switch (value) {
      case StringValue text -> text.address();
      case CollectionValue collection -> collection.cell().address();
    };
  }

  private static int serializedLength(Value value) {
    NativeOutput out = new NativeOutput(64);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      RdbValues.write(encoder, value, Rdb.VERSION_REDIS_7_0);
      return out.position();
    } finally {
      out.release();
    }
  }

  /** SDSLEN: the bytes of a key and its string, and of the blocks they would fill alone. */
  static void lengths(Context ctx, Args args) {
    if (!(value(ctx) instanceof StringValue text && text.encoding() != StringEncoding.INT)) {
      throw CommandException.err("Not an sds encoded string.");
    }
    Key key = ctx.key(2);
    ctx.reply().simple(lengths("key", key.length()) + ", " + lengths("val", text.length()));
  }

  private static String lengths(String what, int length) {
    long block = Arena.capacity(Math.max(1, length));
    return what
        + "_sds_len:"
        + length
        + ", "
        + what
        + "_sds_avail:"
        + (block - length)
        + ", "
        + what
        + "_zmalloc: "
        + block;
  }

  /** LISTPACK: writes to the log how many bytes a compact form has. */
  static void compact(Context ctx, Args args) {
    Value value = value(ctx);
    if (!(value instanceof CollectionValue form && form.encodingName().equals("listpack"))) {
      throw CommandException.err("Not a listpack encoded object.");
    }
    LOG.info("Listpack of {} elements in {} bytes", form.size(), form.cell().length());
    ctx.reply().simple("Listpack structure printed on stdout");
  }

  /** QUICKLIST: writes to the log into how many chunks a list is cut. */
  static void chunks(Context ctx, Args args) {
    Value value = value(ctx);
    if (!(value instanceof ListValue list && list.encodingName().equals("quicklist"))) {
      throw CommandException.err("Not a quicklist encoded object.");
    }
    LOG.info(
        "List of {} elements in {} chunks, {} bytes",
        list.size(),
        list.chunks(),
        list.ownedBytes());
    ctx.reply().simple("Quicklist structure printed on stdout");
  }
}
