package io.hashslot.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandDocTest {
  private static Reply map(Object... keysAndValues) {
    List<Reply> items = new ArrayList<>();
    for (Object item : keysAndValues) {
      items.add(item instanceof Reply reply ? reply : new Reply.Bulk(((String) item).getBytes()));
    }
    return new Reply.Array(items);
  }

  private static Reply list(Reply... items) {
    return new Reply.Array(List.of(items));
  }

  private static Reply flags(String... flags) {
    List<Reply> items = new ArrayList<>();
    for (String flag : flags) {
      items.add(new Reply.Simple(flag.getBytes()));
    }
    return new Reply.SetOf(items);
  }

  private static final Reply ZADD =
      list(
          map("name", "key", "type", "key"),
          map(
              "name",
              "condition",
              "type",
              "oneof",
              "flags",
              flags("optional"),
              "arguments",
              list(
                  map("name", "nx", "type", "pure-token", "token", "NX"),
                  map("name", "xx", "type", "pure-token", "token", "XX"))),
          map("name", "limit", "type", "integer", "token", "LIMIT", "flags", flags("optional")),
          map(
              "name",
              "pair",
              "type",
              "block",
              "flags",
              flags("multiple"),
              "arguments",
              list(
                  map("name", "score", "type", "double"),
                  map("name", "member", "type", "string"))));

  private static final CommandDoc DOC =
      CommandDoc.all(
              map(
                  "zadd",
                  map(
                      "summary",
                      "Adds.",
                      "since",
                      "1.2.0",
                      "group",
                      "sorted-set",
                      "arguments",
                      ZADD)))
          .getFirst();

  @Test
  void shouldWriteTheArgumentTreeInTheUsualNotation() {
    assertThat(DOC.name()).isEqualTo("ZADD");
    assertThat(DOC.parameters())
        .isEqualTo("key [NX|XX] [LIMIT limit] score member [score member ...]");
  }

  @Test
  void theHintShouldShrinkWithEachRequiredArgumentAndStayAtTheFirstOptionalOne() {
    assertThat(DOC.remaining(0)).startsWith("key [NX|XX]");
    assertThat(DOC.remaining(1)).startsWith("[NX|XX]");
    assertThat(DOC.remaining(5)).startsWith("[NX|XX]");
  }

  @Test
  void aTokenMayBeRepeatedWithItsArgument() {
    Reply get =
        list(
            map(
                "name",
                "pattern",
                "type",
                "pattern",
                "token",
                "GET",
                "flags",
                flags("optional", "multiple", "multiple_token")));
    CommandDoc sort = CommandDoc.all(map("sort", map("arguments", get))).getFirst();
    assertThat(sort.parameters()).isEqualTo("[GET pattern [GET pattern ...]]");
  }

  @Test
  void subcommandsShouldStandBesideTheirContainer() {
    Reply docs =
        map(
            "client",
            map(
                "subcommands",
                map(
                    "client|kill",
                    map("summary", "Ends."),
                    "client|id",
                    map("summary", "Tells."))));
    assertThat(CommandDoc.all(docs))
        .extracting(CommandDoc::name)
        .containsExactly("CLIENT", "CLIENT ID", "CLIENT KILL");
  }
}
