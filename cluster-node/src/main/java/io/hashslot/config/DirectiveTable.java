package io.hashslot.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All directives: the index page of this package. */
public final class DirectiveTable {
  static final List<Row.Group> GROUPS =
      List.of(
          NetworkDirectives.ROWS,
          ClientDirectives.ROWS,
          SecurityDirectives.ROWS,
          MemoryDirectives.ROWS,
          EncodingDirectives.ROWS,
          PersistenceDirectives.ROWS,
          ReplicationDirectives.ROWS,
          ClusterDirectives.ROWS,
          TlsDirectives.ROWS,
          ProcessDirectives.ROWS,
          ObserveDirectives.ROWS,
          InertDirectives.ROWS);

  /** All directives in the order of their subjects. */
  public static final List<Directive<?>> ALL =
      GROUPS.stream().<Directive<?>>flatMap(group -> group.directives().stream()).toList();

  /** By name and by alias, in alphabetical order. */
  static final Map<String, Directive<?>> BY_NAME = byName();

  private DirectiveTable() {}

  private static Map<String, Directive<?>> byName() {
    Map<String, Directive<?>> byName = new TreeMap<>();
    for (Directive<?> directive : ALL) {
      enter(byName, directive.name(), directive);
      String alias = directive.alias();
      if (alias != null) enter(byName, alias, directive);
    }
    return Collections.unmodifiableMap(byName);
  }

  private static void enter(Map<String, Directive<?>> byName, String name, Directive<?> row) {
    if (byName.put(name, row) != null) throw new IllegalStateException("two rows named " + name);
  }

  /** The directive of this name or alias, in any case; null if there is none. */
  public static @Nullable Directive<?> find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }
}
