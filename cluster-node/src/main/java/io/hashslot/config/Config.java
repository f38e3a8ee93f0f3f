package io.hashslot.config;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live configuration of one server: what CONFIG GET, SET and REWRITE work on.
 *
 * <p>Reading is cheap enough for hot code: {@code config.get(TIMEOUT)} is one volatile read and an
 * array access. Code that needs several values that belong together takes {@link #settings()} once.
 *
 * <p>Changes are all or nothing. Parts of the server that must act on a change, or may have to
 * refuse it, register an {@link Applier}.
 */
public final class Config {
  private static final String SET_FAILED =
      "ERR CONFIG SET failed (possibly related to argument '%s') - %s";

  /** What a part of the server does when directives change. */
  @FunctionalInterface
  public interface Applier {
    /**
     * Called after new values were checked and before anybody else sees them; if another part
     * refuses the change afterwards, it is called again with old and new exchanged.
     *
     * @return null if the change is in force now, otherwise why it cannot be
     */
    @Nullable String apply(Settings old, Settings now);
  }

  private record Registration(Set<Directive<?>> directives, Applier applier) {}

  private record Follower(Set<Directive<?>> directives, Runnable action) {}

  private final @Nullable Path file;
  private final Map<String, List<ConfigLine>> otherLines;
  private final List<Registration> registrations = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final Map<String, Supplier<List<String>>> owned = new HashMap<>();
  private volatile Settings settings;

  Config(Settings settings, @Nullable Path file, Map<String, List<ConfigLine>> otherLines) {
    this.settings = settings;
    this.file = file;
    this.otherLines = otherLines;
  }

  /** The configuration of a server that was told nothing. */
  public static Config defaults() {
    return new Config(Settings.defaults(), null, Map.of());
  }

  /** The defaults with some options, written as on the command line: {@code "--shards", "1"}. */
  public static Config of(String... args) throws ConfigFileException {
    return read(CommandLine.parse(List.of(args)), InputStream.nullInputStream());
  }

  /**
   * Reads file, standard input and options of a starting server.
   *
   * @throws ConfigFileException with the whole text for standard error
   */
  public static Config read(CommandLine commandLine, InputStream standardInput)
      throws ConfigFileException {
    return ConfigReader.read(commandLine, standardInput);
  }

  /** All values at this moment. */
  public Settings settings() {
    return settings;
  }

  /** Whether the directive says yes. */
  public boolean get(Toggle directive) {
    return settings.get(directive);
  }

  /** The number, in the unit that the directive documents. */
  public long get(Quantity directive) {
    return settings.get(directive);
  }

  /** The number as an int, for directives whose range fits. */
  public int intOf(Quantity directive) {
    return settings.intOf(directive);
  }

  /** The word that was chosen. */
  public <E extends Enum<E>> E get(Choice<E> directive) {
    return settings.get(directive);
  }

  /** The text; empty for "not set". */
  public String get(Text directive) {
    return settings.get(directive);
  }

  /** The value that was read from the words. */
  public <T> T get(Structured<T> directive) {
    return settings.get(directive);
  }

  /** The file the server was started with, absolute; null if there was none. */
  public @Nullable Path file() {
    return file;
  }

  /** A path as redis.conf means it: names are relative to {@code dir}. */
  public Path resolve(String name) {
    return settings.get(PersistenceDirectives.DIR).resolve(name);
  }

  /**
   * Directives that have been given a value of their own though nothing reads them yet: their
   * feature is still to come. Whoever sets one should be told.
   */
  public List<Directive<?>> unread() {
    List<Directive<?>> unread = new ArrayList<>();
    for (Directive<?> directive : DirectiveTable.ALL) {
      if (directive.comesWith() != null
          && !Objects.equals(settings.value(directive), directive.defaultValue())) {
        unread.add(directive);
      }
    }
    return unread;
  }

  /** Lines that are not directives: {@code user} and {@code rename-command}, in order. */
  public List<ConfigLine> lines(String name) {
    return otherLines.getOrDefault(name, List.of());
  }

  /** Registers what to do when any of the directives changes. */
  public synchronized void onChange(Applier applier, Directive<?>... directives) {
    registrations.add(new Registration(Set.of(directives), applier));
  }

  /** Registers what to do when any of the directives has changed and everybody sees it. */
  public synchronized void afterChange(Runnable action, Directive<?>... directives) {
    followers.add(new Follower(Set.of(directives), action));
  }

  /** Registers who writes the lines of this name, without the name, when the file is rewritten. */
  public synchronized void onRewrite(String name, Supplier<List<String>> lines) {
    owned.put(name, lines);
  }

  /**
   * What CONFIG GET answers: names and values by name. Patterns pass over hidden directives; a
   * pattern without wildcards is a name and finds them, too.
   */
  public SortedMap<String, String> find(List<String> patterns) {
    SortedMap<String, String> found = new TreeMap<>();
    Settings now = settings;
    for (String pattern : patterns) {
      String lower = pattern.toLowerCase(Locale.ROOT);
      if (!NamePattern.isPattern(lower)) {
        Directive<?> directive = DirectiveTable.find(lower);
        if (directive != null) found.put(lower, now.format(directive));
        continue;
      }
      var matcher = new NamePattern(lower);
      DirectiveTable.BY_NAME.forEach(
          (name, directive) -> {
            if (!directive.hidden() && matcher.matches(name)) {
              found.put(name, now.format(directive));
            }
          });
    }
    return found;
  }

  /**
   * CONFIG SET: all pairs or none.
   *
   * @param pairs name, value, name, value …
   * @param guardedAllowed whether this client may set guarded directives
   * @param loading whether a data set is being loaded
   * @throws ConfigSetException with the error reply; nothing was changed
   */
  public synchronized void set(List<String> pairs, boolean guardedAllowed, boolean loading)
      throws ConfigSetException {
    if (pairs.isEmpty() || pairs.size() % 2 != 0) {
      throw new ConfigSetException("ERR syntax error");
    }
    List<Directive<?>> directives = check(pairs, guardedAllowed, loading);
    Settings old = settings;
    Settings now = old;
    for (int i = 0; i < directives.size(); i++) {
      now = change(now, directives.get(i), pairs.get(2 * i), pairs.get(2 * i + 1));
    }
    applyAll(old, now, directives, pairs);
    settings = now;
    tellFollowers(old, now);
  }

  private void tellFollowers(Settings old, Settings now) {
    for (Follower follower : followers) {
      if (follower.directives.stream().anyMatch(one -> changed(old, now, one))) {
        follower.action.run();
      }
    }
  }

  private static boolean changed(Settings old, Settings now, Directive<?> directive) {
    return !Objects.equals(old.value(directive), now.value(directive));
  }

  /** CONFIG SET of a client that may set everything; for tests and for the server itself. */
  public void set(String... pairs) throws ConfigSetException {
    set(List.of(pairs), true, false);
  }

  /** The first complaint in Redis' order: names of all pairs, then whether each may be set. */
  private static List<Directive<?>> check(
      List<String> pairs, boolean guardedAllowed, boolean loading) throws ConfigSetException {
    List<Directive<?>> directives = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      String name = pairs.get(i);
      Directive<?> directive = DirectiveTable.find(name);
      if (directive == null) {
        throw new ConfigSetException(
            "ERR Unknown option or number of arguments for CONFIG SET - '%s'".formatted(name));
      }
      if (directive.immutable()) throw setFailed(name, "can't set immutable config");
      if (directive.guarded() && !guardedAllowed) {
        throw setFailed(name, "can't set protected config");
      }
      if (directive.refusedWhileLoading() && loading) {
        throw new ConfigSetException("LOADING Failed to set value during loading of the dataset");
      }
      if (!seen.add(name.toLowerCase(Locale.ROOT))) throw setFailed(name, "duplicate parameter");
      directives.add(directive);
    }
    return directives;
  }

  private static <T> Settings change(
      Settings from, Directive<T> directive, String name, String value) throws ConfigSetException {
    List<String> words = directive.multipleWords() ? List.of(value.split(" ", -1)) : List.of(value);
    try {
      var changes = from.change();
      changes.put(directive, directive.parse(words, from.value(directive), false));
      return changes.toSettings();
    } catch (InvalidValueException e) {
      throw setFailed(name, String.valueOf(e.getMessage()));
    }
  }

  private void applyAll(
      Settings old, Settings now, List<Directive<?>> directives, List<String> pairs)
      throws ConfigSetException {
    List<Applier> applied = new ArrayList<>();
    for (Registration registration : registrations) {
      int first = firstChanged(old, now, registration, directives);
      if (first < 0) continue;
      String refusal = registration.applier.apply(old, now);
      if (refusal != null) {
        for (Applier applier : applied.reversed()) applier.apply(now, old);
        throw setFailed(pairs.get(2 * first), refusal);
      }
      applied.add(registration.applier);
    }
  }

  private static int firstChanged(
      Settings old, Settings now, Registration registration, List<Directive<?>> directives) {
    for (int i = 0; i < directives.size(); i++) {
      Directive<?> directive = directives.get(i);
      boolean moves = directive.reference() || changed(old, now, directive);
      if (moves && registration.directives.contains(directive)) {
        return i;
      }
    }
    return -1;
  }

  private static ConfigSetException setFailed(String name, String why) {
    return new ConfigSetException(SET_FAILED.formatted(name, why));
  }

  /**
   * Takes note of a value that its owner has put in force itself, so that CONFIG GET and REWRITE
   * show it: REPLICAOF does so. No applier is called.
   */
  public synchronized <T> void record(Directive<T> directive, T value) {
    var changes = settings.change();
    changes.put(directive, value);
    settings = changes.toSettings();
  }

  /**
   * CONFIG REWRITE: brings the file up to date, keeping its comments and its order.
   *
   * @throws ConfigSetException with the error reply; the old file is untouched
   */
  public synchronized void rewrite() throws ConfigSetException {
    if (file == null) {
      throw new ConfigSetException("ERR The server is running without a config file");
    }
    new ConfigRewriter(settings, owned).rewrite(file);
  }
}
