package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.HashValue;

/** HGETALL key; also HKEYS key, HVALS key */
final class Hgetall {
  private Hgetall() {}

  static void execute(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    ReplyWriter reply = ctx.reply();
    reply.map(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach(
          (field, value) -> {
            reply.bulk(field.address(), field.length());
            reply.bulk(value.address(), value.length());
          });
    }
  }

  static void fields(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    ReplyWriter reply = ctx.reply();
    reply.array(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach((field, _) -> reply.bulk(field.address(), field.length()));
    }
  }

  static void values(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    ReplyWriter reply = ctx.reply();
    reply.array(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach((_, value) -> reply.bulk(value.address(), value.length()));
    }
  }
}
