package io.hashslot.config;

import java.util.ArrayList;
import java.util.List;

/** The page {@code docs/directives.md}, made from the table. */
final class DirectivesPage {
  private static final String HEAD =
      """
      # Directives

      All directives of Redis 7.2 and Valkey 8.0 are accepted, in redis.conf, as options of the command line
      (`--timeout 30`) and by CONFIG SET; so are a few of our own. Names, aliases, defaults, ranges and error
      texts are those of redis-server and valkey-server; where the two differ, Valkey's newer default holds.
      "Set" says whether CONFIG SET may change it: *guarded* ones need `enable-protected-configs`.

      This page is made from the tables in `io.hashslot.config`; `DirectivesPageTest` says how.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  static String text() {
    var page = new DirectivesPage();
    DirectiveTable.GROUPS.forEach(page::section);
    return page.page.toString();
  }

  private void section(Row.Group group) {
    page.append("\n## ").append(group.title()).append("\n\n");
    boolean inert = group == InertDirectives.ROWS;
    page.append(inert ? "| directive | default | why it changes nothing |\n" : HEADINGS);
    page.append(inert ? "|---|---|---|\n" : "|---|---|---|---|---|\n");
    for (Directive<?> directive : group.directives()) {
      if (inert) inertRow(directive);
      else row(directive);
    }
  }

  private static final String HEADINGS = "| directive | values | default | set | remarks |\n";

  private void inertRow(Directive<?> directive) {
    line(names(directive), defaultOf(directive), "" + directive.inertBecause());
  }

  private void row(Directive<?> directive) {
    List<String> remarks = new ArrayList<>();
    if (directive.comesWith() != null)
      remarks.add("Not read yet; comes with " + directive.comesWith() + ".");
    if (directive.remark() != null) remarks.add(directive.remark());
    if (directive.hidden()) remarks.add("Hidden from patterns of CONFIG GET.");
    String set = directive.immutable() ? "no" : directive.guarded() ? "guarded" : "yes";
    line(names(directive), values(directive), defaultOf(directive), set, String.join(" ", remarks));
  }

  private static String names(Directive<?> directive) {
    String alias = directive.alias();
    return "`" + directive.name() + "`" + (alias == null ? "" : ", `" + alias + "`");
  }

  private static String values(Directive<?> directive) {
    if (!(directive instanceof Quantity number)) return directive.kind();
    if (directive == NetworkDirectives.UNIXSOCKETPERM) return "octal number, from 0 to 777";
    String max = number.max() == Long.MAX_VALUE ? "" : " to " + number.max();
    String min = number.min() == Integer.MIN_VALUE ? "any" : "from " + number.min();
    return number.kind() + ", " + min + max;
  }

  private static <T> String defaultOf(Directive<T> directive) {
    if (directive == PersistenceDirectives.DIR) return "where the server is started";
    if (directive == NetworkDirectives.IO_THREADS) return "cores - 1";
    String text = directive.format(directive.defaultValue());
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private void line(String... cells) {
    page.append('|');
    for (String cell : cells) page.append(' ').append(cell.replace("|", "\\|")).append(" |");
    page.append('\n');
  }
}
