package io.hashslot.cli;

import io.hashslot.resp.Reply;

/** Comma-separated values, one reply a line, aggregates flat. */
final class CsvFormat implements ReplyFormat {
  @Override
  public byte[] whole(Reply reply) {
    var out = new ByteText();
    add(out, reply);
    return out.add("\n").toBytes();
  }

  private void add(ByteText out, Reply reply) {
    switch (reply) {
      case Reply.Failure failure -> out.add("ERROR,").addQuoted(failure.bytes());
      case Reply.Text text -> out.addQuoted(text.bytes());
      case Reply.Int _, Reply.Real _, Reply.Bool _, Reply.BigNumber _ -> out.add(reply.asText());
      case Reply.Nil _ -> out.add("NULL");
      case Reply.Aggregate list -> {
        for (int i = 0; i < list.items().size(); i++) {
          out.add(i == 0 ? "" : ",");
          add(out, list.items().get(i));
        }
      }
      case Reply.Attributed attributed -> add(out, attributed.reply());
    }
  }
}
