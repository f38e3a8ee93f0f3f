package io.hashslot.cli;

import io.hashslot.resp.Reply;

/**
 * For other programs: the bytes of strings, untouched.
 *
 * @param elementDelimiter between the elements of an aggregate
 * @param replyDelimiter after each reply
 */
record RawFormat(byte[] elementDelimiter, byte[] replyDelimiter) implements ReplyFormat {
  private static final byte[] NEWLINE = {'\n'};

  /** One element a line. */
  static final RawFormat LINES = new RawFormat(NEWLINE, NEWLINE);

  @Override
  public byte[] whole(Reply reply) {
    var out = new ByteText();
    add(out, reply);
    return out.add(replyDelimiter).toBytes();
  }

  /** A reply of a command whose text is a page of its own, such as INFO: no delimiter behind it. */
  byte[] page(Reply reply) {
    var out = new ByteText();
    add(out, reply);
    return out.toBytes();
  }

  private void add(ByteText out, Reply reply) {
    switch (reply) {
      case Reply.Failure failure -> out.add(failure.bytes()).add("\n");
      case Reply.Text text -> out.add(text.bytes());
      case Reply.Bool bool -> out.add("(" + bool.value() + ")");
      case Reply.Int _, Reply.Real _, Reply.BigNumber _ -> out.add(reply.asText());
      case Reply.Nil _ -> {}
      case Reply.MapOf map -> {
        for (int i = 0; i < map.size(); i++) {
          out.add(i == 0 ? new byte[0] : elementDelimiter);
          add(out, map.items().get(2 * i));
          out.add(" ");
          add(out, map.items().get(2 * i + 1));
        }
      }
      case Reply.Aggregate list -> {
        for (int i = 0; i < list.items().size(); i++) {
          out.add(i == 0 ? new byte[0] : elementDelimiter);
          add(out, list.items().get(i));
        }
      }
      case Reply.Attributed attributed -> add(out, attributed.reply());
    }
  }
}
