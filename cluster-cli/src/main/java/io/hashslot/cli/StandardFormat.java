package io.hashslot.cli;

import io.hashslot.resp.Reply;
import java.util.Arrays;
import java.util.List;

/** For people at a terminal: types are told, elements numbered, strings quoted. */
final class StandardFormat implements ReplyFormat {
  @Override
  public byte[] whole(Reply reply) {
    var out = new ByteText();
    if (reply instanceof Reply.Push push && isInvalidation(push)) {
      addInvalidation(out, push);
    } else {
      add(out, reply, "");
    }
    return out.toBytes();
  }

  private void add(ByteText out, Reply reply, String indent) {
    switch (reply) {
      case Reply.Failure failure -> out.add("(error) ").add(failure.bytes()).add("\n");
      case Reply.Simple simple -> out.add(simple.bytes()).add("\n");
      case Reply.Verbatim verbatim -> out.add(verbatim.bytes()).add("\n");
      case Reply.Bulk bulk -> out.addQuoted(bulk.bytes()).add("\n");
      case Reply.Int number -> out.add("(integer) " + number.value() + "\n");
      case Reply.Real real -> out.add("(double) " + real.text() + "\n");
      case Reply.BigNumber big -> out.add("(big number) " + big.value() + "\n");
      case Reply.Bool bool -> out.add("(" + bool.value() + ")\n");
      case Reply.Nil _ -> out.add("(nil)\n");
      case Reply.Array array -> addList(out, array.items(), ')', "array", indent);
      case Reply.SetOf set -> addList(out, set.items(), '~', "set", indent);
      case Reply.Push push -> addList(out, push.items(), ')', "push", indent);
      case Reply.MapOf map -> addPairs(out, map, '#', indent);
      case Reply.Attributed attributed -> {
        addPairs(out, attributed.attributes(), '|', indent);
        add(out.add(indent), attributed.reply(), indent);
      }
    }
  }

  private void addList(ByteText out, List<Reply> items, char mark, String name, String indent) {
    if (items.isEmpty()) {
      out.add("(empty " + name + ")\n");
      return;
    }
    int width = Integer.toString(items.size()).length();
    String inner = indent + " ".repeat(width + 2);
    for (int i = 0; i < items.size(); i++) {
      addIndex(out, i, width, mark, indent);
      add(out, items.get(i), inner);
    }
  }

  private void addPairs(ByteText out, Reply.MapOf map, char mark, String indent) {
    if (map.size() == 0) {
      out.add("(empty hash)\n");
      return;
    }
    int width = Integer.toString(map.size()).length();
    String inner = indent + " ".repeat(width + 2);
    for (int i = 0; i < map.size(); i++) {
      addIndex(out, i, width, mark, indent);
      var key = new ByteText();
      add(key, map.items().get(2 * i), inner);
      byte[] line = key.toBytes();
      out.add(Arrays.copyOf(line, line.length - 1)).add(" => ");
      Reply value = map.items().get(2 * i + 1);
      if (takesSeveralLines(value)) {
        out.add("\n").add(inner);
      }
      add(out, value, inner);
    }
  }

  /** The first element stands on the line of its parent's number, so it is not indented again. */
  private static void addIndex(ByteText out, int index, int width, char mark, String indent) {
    String number = Integer.toString(index + 1);
    out.add(index == 0 ? "" : indent)
        .add(" ".repeat(width - number.length()) + number + mark + ' ');
  }

  private static boolean takesSeveralLines(Reply reply) {
    return switch (reply) {
      case Reply.MapOf map ->
          map.size() > 1 || map.size() == 1 && takesSeveralLines(map.items().get(1));
      case Reply.Aggregate list ->
          list.items().size() > 1
              || list.items().size() == 1 && takesSeveralLines(list.items().getFirst());
      case Reply.Attributed _ -> true;
      default -> false;
    };
  }

  private static boolean isInvalidation(Reply.Push push) {
    return push.items().size() == 2
        && push.kind().equals("invalidate")
        && push.items().get(1) instanceof Reply.Array;
  }

  private static void addInvalidation(ByteText out, Reply.Push push) {
    out.add("-> invalidate: ");
    String comma = "";
    for (Reply key : push.items().get(1).asItems()) {
      out.add(comma).add("'").add(key.asText()).add("'");
      comma = ", ";
    }
    out.add("\n");
  }
}
