package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.resp.Reply;
import java.util.List;

/**
 * JSON, one reply a line. Errors come as {@code error:"…"}, which is no JSON but what scripts know.
 *
 * @param ascii whether strings are plain ASCII, with each backslash of the quoted form doubled
 */
record JsonFormat(boolean ascii) implements ReplyFormat {
  @Override
  public byte[] whole(Reply reply) {
    var out = new ByteText();
    add(out, reply);
    return out.add("\n").toBytes();
  }

  private void add(ByteText out, Reply reply) {
    switch (reply) {
      case Reply.Failure failure -> addString(out.add("error:"), failure.bytes());
      case Reply.Text text -> addString(out, text.bytes());
      case Reply.Int _, Reply.Real _, Reply.Bool _, Reply.BigNumber _ -> out.add(reply.asText());
      case Reply.Nil _ -> out.add("null");
      case Reply.MapOf map -> addObject(out, map);
      case Reply.Aggregate list -> addList(out, list.items());
      case Reply.Attributed attributed -> add(out, attributed.reply());
    }
  }

  private void addList(ByteText out, List<Reply> items) {
    out.add("[");
    for (int i = 0; i < items.size(); i++) {
      out.add(i == 0 ? "" : ",");
      add(out, items.get(i));
    }
    out.add("]");
  }

  private void addObject(ByteText out, Reply.MapOf map) {
    out.add("{");
    for (int i = 0; i < map.size(); i++) {
      out.add(i == 0 ? "" : ",");
      addKey(out, map.items().get(2 * i));
      add(out.add(":"), map.items().get(2 * i + 1));
    }
    out.add("}");
  }

  /** JSON knows only strings as keys; other keys are rendered and quoted. */
  private void addKey(ByteText out, Reply key) {
    if (key instanceof Reply.Text text && !(key instanceof Reply.Failure)) {
      addString(out, text.bytes());
    } else {
      var rendered = new ByteText();
      add(rendered, key);
      addString(out, rendered.toBytes());
    }
  }

  private void addString(ByteText out, byte[] bytes) {
    if (ascii) {
      String quoted = new String(new ByteText().addQuoted(bytes).toBytes(), UTF_8);
      out.add(quoted.replace("\\", "\\\\"));
    } else {
      out.addJson(bytes);
    }
  }
}
