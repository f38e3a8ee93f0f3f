package io.hashslot.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import io.hashslot.config.Directive;
import io.hashslot.config.DirectiveTable;
import io.hashslot.house.SourceTree.Source;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the table says of a directive's effect is true: somebody reads it, or nobody does. */
class DirectiveUseTest {
  /** Read by the launcher, before there is a Java process. */
  private static final Set<String> READ_BY_THE_LAUNCHER = Set.of("daemonize");

  /** Classes that only show values to people; for most directives that is no effect. */
  private static final Set<String> SHOWS_ONLY = Set.of("InfoSections", "MemoryFigures");

  /** Directives that are there to be shown. */
  private static final Set<String> TO_BE_SHOWN =
      Set.of("availability-zone", "latency-tracking-info-percentiles");

  @Test
  void directivesAreReadUnlessTheTableSaysOtherwise() throws Exception {
    Map<Directive<?>, String> constants = constants();
    Set<String> read = namesReadOutsideConfig();
    Set<String> broken = new TreeSet<>();
    for (Directive<?> directive : DirectiveTable.ALL) {
      if (READ_BY_THE_LAUNCHER.contains(directive.name())) continue;
      if (TO_BE_SHOWN.contains(directive.name())) continue;
      String constant = constants.get(directive);
      boolean isRead = constant != null && read.contains(constant);
      boolean claimed = directive.inertBecause() == null && directive.comesWith() == null;
      if (isRead && !claimed) broken.add(directive + " is read: take away its inert or comesWith");
      if (!isRead && claimed) broken.add(directive + " is read by nobody: say so with comesWith");
    }
    assertThat(broken).isEmpty();
  }

  private static Map<Directive<?>, String> constants() throws Exception {
    Map<Directive<?>, String> constants = new HashMap<>();
    for (Source source : SourceTree.read().main()) {
      if (!source.className().endsWith("Directives")) continue;
      Class<?> group = Class.forName(source.packageName() + "." + source.className());
      for (Field field : group.getFields()) {
        if (field.get(null) instanceof Directive<?> directive) {
          constants.put(directive, source.className() + "." + field.getName());
        }
      }
    }
    return constants;
  }

  private static Set<String> namesReadOutsideConfig() {
    Set<String> names = new TreeSet<>();
    for (Source source : SourceTree.read().main()) {
      if (source.packageName().equals("io.hashslot.config")) continue;
      if (SHOWS_ONLY.contains(source.className())) continue;
      for (ImportTree statement : source.unit().getImports()) {
        if (statement.isStatic()) names.add(lastTwo(statement.getQualifiedIdentifier().toString()));
      }
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMemberSelect(MemberSelectTree name, Void none) {
          names.add(lastTwo(name.toString()));
          return super.visitMemberSelect(name, none);
        }
      }.scan(source.unit().getTypeDecls(), null);
    }
    return names;
  }

  private static String lastTwo(String name) {
    String[] parts = name.split("\\.");
    return parts.length < 2 ? name : parts[parts.length - 2] + "." + parts[parts.length - 1];
  }
}
