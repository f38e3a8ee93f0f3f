package io.hashslot.function;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The function libraries that belong to the data, as the text they came in: they are kept and saved
 * again, nothing here runs them. Flushing databases leaves them alone. Any thread may call.
 *
 * <p>A library is known by the name in its first line, {@code #!ENGINE name=NAME}.
 */
public final class FunctionLibraries {
  private static final Pattern FIRST_LINE =
      Pattern.compile(
          "#!([^ \\r\\n]+)(?: [^\\r\\n]*?)? name=[\"']?(\\w+)[\"']?(?: [^\\r\\n]*)?(?:\\r?\\n|$)");

  private volatile Map<String, byte[]> byName = Map.of();

  /** Returns the sources, in the order of their libraries' names. Not to be changed. */
  public Collection<byte[]> sources() {
    return byName.values();
  }

  /** Returns how many libraries there are. */
  public int size() {
    return byName.size();
  }

  /**
   * Returns the name of the library with this source: the one in its first line, null if that says
   * none.
   */
  public static @Nullable String nameOf(byte[] source) {
    Matcher first = FIRST_LINE.matcher(new String(source, StandardCharsets.ISO_8859_1));
    return first.lookingAt() ? first.group(2) : null;
  }

  /**
   * Returns what is to run the library with this source, by its first line; empty if that says
   * nothing.
   */
  public static String engineOf(byte[] source) {
    Matcher first = FIRST_LINE.matcher(new String(source, StandardCharsets.ISO_8859_1));
    return first.lookingAt() ? first.group(1) : "";
  }

  /** Takes these libraries, which all have different names, in place of those there are. */
  public synchronized void replaceAll(List<byte[]> sources) {
    Map<String, byte[]> libraries = new TreeMap<>();
    sources.forEach(source -> libraries.put(name(source), source.clone()));
    byName = libraries;
  }

  /**
   * Adds a library, in place of one of the same name if {@code replace} says so.
   *
   * @return false if there is one of that name already, which stays
   * @throws IllegalArgumentException if the source has no name
   */
  public synchronized boolean add(byte[] source, boolean replace) {
    String name = name(source);
    if (byName.containsKey(name) && !replace) {
      return false;
    }
    Map<String, byte[]> libraries = new TreeMap<>(byName);
    libraries.put(name, source.clone());
    byName = libraries;
    return true;
  }

  /**
   * Adds libraries, in place of those of the same names if {@code replace} says so; all or none.
   *
   * @return the name of one that is there already, in which case nothing is added; else null
   * @throws IllegalArgumentException if a source has no name
   */
  public synchronized @Nullable String addAll(List<byte[]> sources, boolean replace) {
    Map<String, byte[]> libraries = new TreeMap<>(byName);
    for (byte[] source : sources) {
      String name = name(source);
      if (libraries.put(name, source.clone()) != null && !replace) {
        return name;
      }
    }
    byName = libraries;
    return null;
  }

  /** Forgets a library; false if there is none of that name. */
  public synchronized boolean delete(String name) {
    if (!byName.containsKey(name)) {
      return false;
    }
    Map<String, byte[]> libraries = new TreeMap<>(byName);
    libraries.remove(name);
    byName = libraries;
    return true;
  }

  /** Forgets all libraries. */
  public synchronized void clear() {
    byName = Map.of();
  }

  private static String name(byte[] source) {
    String name = nameOf(source);
    if (name == null) {
      throw new IllegalArgumentException("a function library without a name");
    }
    return name;
  }
}
