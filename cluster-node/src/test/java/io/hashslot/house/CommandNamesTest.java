package io.hashslot.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import io.hashslot.house.SourceTree.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The name of a command is the name of its class: {@code CLUSTER SETSLOT} is {@code
 * ClusterSetslot}. True variants share the class of the plainest one and point to a method of their
 * own: {@code Expire::atMillis}.
 */
class CommandNamesTest {
  private static final SourceTree TREE = SourceTree.read();

  /** A row as it stands in the source: the command, and the method that is its body. */
  private record RowText(Source table, String command, String bodyClass, String method) {}

  private static List<RowText> rows() {
    List<RowText> rows = new ArrayList<>();
    for (Source source : TREE.main()) {
      boolean table = source.packageName().startsWith("io.hashslot.command.");
      if (!table || !source.className().endsWith("Commands")) continue;
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
          String method = call.getMethodSelect().toString();
          if (method.equals("row") || method.endsWith(".row") || method.endsWith(".sub")) add(call);
          return super.visitMethodInvocation(call, none);
        }

        private void add(MethodInvocationTree call) {
          String name = "";
          String body = "";
          String method = "";
          for (ExpressionTree argument : call.getArguments()) {
            if (argument instanceof LiteralTree text && text.getValue() instanceof String value) {
              name = name.isEmpty() ? value : name;
            } else if (argument instanceof MemberReferenceTree reference) {
              var owner = reference.getQualifierExpression();
              body =
                  owner instanceof NewClassTree made
                      ? made.getIdentifier().toString()
                      : owner.toString();
              method = reference.getName().toString();
            }
          }
          if (!name.isEmpty() && !body.isEmpty()) rows.add(new RowText(source, name, body, method));
        }
      }.scan(source.unit(), null);
    }
    return rows;
  }

  /** Old names of the very same commands. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "CLUSTER|SLAVES", "ClusterReplicas",
          "RESTORE-ASKING", "Restore",
          "SLAVEOF", "Replicaof",
          "SUBSTR", "Getrange");

  private static String classNameOf(String command) {
    String synonym = SYNONYMS.get(command);
    if (synonym != null) return synonym;
    return Stream.of(command.split("[ |-]"))
        .map(word -> word.substring(0, 1) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }

  @Test
  void rowsPointToTheClassOfTheirName() {
    List<RowText> rows = rows();
    assertThat(rows).isNotEmpty();
    List<String> broken = new ArrayList<>();
    for (RowText row : rows) {
      String expected = classNameOf(row.command);
      boolean starts = Character.isUpperCase(row.bodyClass.charAt(0));
      if (!starts || row.bodyClass.equals(expected) || !row.method.equals("execute")) continue;
      broken.add(
          row.command + " runs " + row.bodyClass + "::execute; its class should be " + expected);
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void tablesAreInAlphabeticalOrder() {
    Map<String, List<String>> names = new TreeMap<>();
    for (RowText row : rows()) {
      if (row.command.contains(" ") || row.command.contains("|")) continue;
      names.computeIfAbsent(row.table.className(), _ -> new ArrayList<>()).add(row.command);
    }
    names.forEach((table, commands) -> assertThat(commands).as(table).isSorted());
  }
}
