package io.hashslot.manual;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of all commands, also of those that a server at hand may not have. Read from a resource
 * on first use.
 *
 * <p>The resource has a block of lines for each command, fields separated by tabs:
 *
 * <pre>
 * &#64;name  group  since  complexity  [+flag ...]  [until=version]  [by=replacement]
 *         summary
 *   name  type  [as=display] [key=spec] [token=word] [since=version] [until=version] [+flag ...]
 *     name  type  ...
 * </pre>
 *
 * Arguments are indented by two spaces for each level.
 */
public final class Manual {
  private static final String RESOURCE = "commands.txt";

  private static final class Holder {
    static final Manual STANDARD = read();
  }

  private final Map<String, Page> pages;

  private Manual(Map<String, Page> pages) {
    this.pages = Collections.unmodifiableMap(pages);
  }

  /** Returns the manual. */
  public static Manual standard() {
    return Holder.STANDARD;
  }

  /**
   * Returns the page of a command, {@code parent|child} for a subcommand; null if there is none.
   */
  public @Nullable Page find(String name) {
    return pages.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns all pages in alphabetical order, subcommands after their parents. */
  public Collection<Page> pages() {
    return pages.values();
  }

  private static Manual read() {
    try (InputStream in = Manual.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the manual is missing");
      }
      return new Manual(
          new Reader(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)))
              .pages());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** An argument whose parts may still come. */
  private record Open(int depth, Fields fields, List<Open> parts) {
    Argument close() {
      String since = fields.value("since");
      String key = fields.value("key");
      String display = fields.value("as");
      return new Argument(
          fields.at(0),
          ArgumentType.of(fields.at(1)),
          display == null ? fields.at(0) : display,
          key == null ? -1 : Integer.parseInt(key),
          fields.value("token"),
          since,
          fields.value("until"),
          fields.flags().contains("optional"),
          fields.flags().contains("multiple"),
          fields.flags().contains("multiple_token"),
          parts.stream().map(Open::close).toList());
    }
  }

  /** The fields of one line. */
  private record Fields(List<String> plain, Map<String, String> named, Set<String> flags) {
    static Fields of(String line, int plainCount) {
      String[] parts = line.split("\t", -1);
      Map<String, String> named = new HashMap<>();
      Set<String> flags = new LinkedHashSet<>();
      for (int i = plainCount; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (parts[i].startsWith("+")) {
          flags.add(parts[i].substring(1));
        } else {
          named.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
      }
      return new Fields(List.of(parts).subList(0, plainCount), named, flags);
    }

    String at(int i) {
      return plain.get(i);
    }

    @Nullable String value(String name) {
      return named.get(name);
    }
  }

  private static final class Reader {
    private final BufferedReader in;
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private @Nullable Fields head;
    private String summary = "";
    private final List<Open> arguments = new ArrayList<>();
    private final List<Open> path = new ArrayList<>();

    Reader(BufferedReader in) {
      this.in = in;
    }

    Map<String, Page> pages() throws IOException {
      String line;
      while ((line = in.readLine()) != null) {
        if (line.startsWith("@")) {
          endPage();
          head = Fields.of(line.substring(1), 4);
        } else if (line.startsWith("\t")) {
          summary = line.substring(1);
        } else if (line.startsWith("  ")) {
          argument(line);
        }
      }
      endPage();
      return pages;
    }

    private void argument(String line) {
      String text = line.stripLeading();
      Open next =
          new Open((line.length() - text.length()) / 2, Fields.of(text, 2), new ArrayList<>());
      while (path.size() >= next.depth()) {
        path.removeLast();
      }
      (path.isEmpty() ? arguments : path.getLast().parts()).add(next);
      path.add(next);
    }

    private void endPage() {
      Fields fields = head;
      if (fields == null) {
        return;
      }
      String complexity = fields.at(3);
      pages.put(
          fields.at(0),
          new Page(
              fields.at(0),
              fields.at(1),
              fields.at(2),
              complexity.isEmpty() ? null : complexity,
              Collections.unmodifiableSet(fields.flags()),
              fields.value("until"),
              fields.value("by"),
              summary,
              arguments.stream().map(Open::close).toList()));
      arguments.clear();
      path.clear();
      head = null;
    }
  }
}
