package io.hashslot.command;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row: all that is to know about a command but what it does, and a reference to that. Dispatch,
 * access rules, {@code COMMAND}, cluster routing and statistics read the same row, so they cannot
 * disagree.
 */
public final class CommandSpec {
  private final String name;
  private final byte[] nameBytes;
  private final int arity;
  private final long flags;
  private final Set<CommandFlag> flagSet;
  private final Set<AclCategory> categories;
  private final List<KeySpec> keys;
  private final List<String> tips;
  private final @Nullable KeyFinder finder;
  private final @Nullable ShardFinder shards;
  private final @Nullable Permission permission;
  private final @Nullable Body body;
  private final Map<String, CommandSpec> subcommands;
  private final int singleKey;
  private int index = -1;

  /** Finds the keys of commands that no specification describes; see {@link Row#finder}. */
  @FunctionalInterface
  public interface KeyFinder {
    /** Adds the positions of the keys; returns false if the request cannot be right. */
    boolean collect(io.hashslot.resp.Request request, KeyPositions into);
  }

  /** Says who may use a command that is dangerous. */
  @FunctionalInterface
  public interface Permission {
    /** Returns the error for a client that may not, or null. */
    @Nullable String refusal(io.hashslot.session.Session session);
  }

  /**
   * Says which shards a request has to enter that names no keys, but a place in the keyspace; see
   * {@link Row#shards}.
   */
  @FunctionalInterface
  public interface ShardFinder {
    /** Returns the shards as a bit mask. */
    long shards(io.hashslot.resp.Request request, io.hashslot.keyspace.Keyspace keyspace);
  }

  private CommandSpec(Row row) {
    name = row.name.toLowerCase(Locale.ROOT);
    nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
    arity = row.arity;
    flagSet = row.flags;
    long bits = 0;
    for (CommandFlag flag : flagSet) {
      bits |= flag.bit();
    }
    flags = bits;
    categories = row.categories;
    keys = List.copyOf(row.keys);
    tips = List.copyOf(row.tips);
    finder = row.finder;
    shards = row.shards;
    permission = row.permission;
    body = row.body;
    Map<String, CommandSpec> children = new LinkedHashMap<>();
    for (CommandSpec child : row.subcommands) {
      children.put(child.name.substring(child.name.indexOf('|') + 1), child);
    }
    subcommands = children;
    singleKey =
        finder == null && keys.size() == 1 && keys.getFirst().isSingle()
            ? ((KeySpec.Begin.Index) keys.getFirst().begin()).index()
            : 0;
  }

  /**
   * Begins a row.
   *
   * @param name as users write it, such as {@code GET} or {@code OBJECT|ENCODING}
   * @param arity number of arguments, the name included; negative: at least so many
   */
  public static Row row(String name, int arity, Body body) {
    return new Row(name, arity, body);
  }

  /** Begins the row of a command that only has subcommands. */
  public static Row container(String name, int arity) {
    return new Row(name, arity, null);
  }

  /** Returns the name in lower case; a subcommand's is {@code parent|child}. */
  public String name() {
    return name;
  }

  /** Returns the bytes of the name. */
  byte[] nameBytes() {
    return nameBytes;
  }

  /** Returns the number of arguments, the name included; negative: at least so many. */
  public int arity() {
    return arity;
  }

  /** Tells whether a request of so many arguments may be right. */
  public boolean arityAllows(int count) {
    return arity >= 0 ? count == arity : count >= -arity;
  }

  /** Tells whether the command has a flag. */
  public boolean has(CommandFlag flag) {
    return (flags & flag.bit()) != 0;
  }

  /** Tells whether the command has any of some flags, given as the sum of their bits. */
  public boolean hasAny(long bits) {
    return (flags & bits) != 0;
  }

  /** Returns the flags as the sum of their bits. */
  public long flagBits() {
    return flags;
  }

  /** Returns the flags. */
  public Set<CommandFlag> flags() {
    return flagSet;
  }

  /** Returns the access categories. */
  public Set<AclCategory> categories() {
    return categories;
  }

  /** Returns where keys stand. */
  public List<KeySpec> keys() {
    return keys;
  }

  /** Returns the hints for clients and proxies, such as {@code request_policy:all_shards}. */
  public List<String> tips() {
    return tips;
  }

  /** Returns what the command does; null for one that only has subcommands. */
  public @Nullable Body body() {
    return body;
  }

  /** Returns the subcommands in the order of the table. */
  public Collection<CommandSpec> subcommands() {
    return subcommands.values();
  }

  /** Tells whether the command has subcommands. */
  public boolean isContainer() {
    return !subcommands.isEmpty();
  }

  /** Returns the subcommand of a name in lower case, or null. */
  public @Nullable CommandSpec subcommand(String child) {
    return subcommands.get(child);
  }

  /** Returns the argument that is the only key, if that is so for every request; else 0. */
  public int singleKey() {
    return singleKey;
  }

  /** Tells whether requests may name keys. */
  public boolean takesKeys() {
    return finder != null || !keys.isEmpty();
  }

  /**
   * Adds the positions of the keys of a request.
   *
   * @return false if the request contradicts the row; the body will say why
   */
  public boolean collectKeys(io.hashslot.resp.Request request, KeyPositions into) {
    if (finder != null) {
      return finder.collect(request, into);
    }
    boolean fits = true;
    for (int i = 0; i < keys.size(); i++) {
      fits &= keys.get(i).collect(request, into);
    }
    return fits;
  }

  /** Returns what says which shards a request has to enter besides those of its keys, or null. */
  public @Nullable ShardFinder shards() {
    return shards;
  }

  /**
   * Returns why a client may not use the command, such as a directive that must allow it first, or
   * null. It is asked before anything else is, so nothing of the kind is queued by MULTI either.
   */
  public @Nullable String refusal(io.hashslot.session.Session session) {
    return permission == null ? null : permission.refusal(session);
  }

  /** Returns the row's place in the table, for statistics. */
  public int index() {
    return index;
  }

  void index(int place) {
    index = place;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Builds a row. */
  public static final class Row {
    private final String name;
    private final int arity;
    private final @Nullable Body body;
    private final Set<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
    private final Set<AclCategory> categories = EnumSet.noneOf(AclCategory.class);
    private final List<KeySpec> keys = new java.util.ArrayList<>();
    private List<String> tips = List.of();
    private List<CommandSpec> subcommands = List.of();
    private @Nullable KeyFinder finder;
    private @Nullable ShardFinder shards;
    private @Nullable Permission permission;

    private Row(String name, int arity, @Nullable Body body) {
      this.name = name;
      this.arity = arity;
      this.body = body;
    }

    /** Sets what the command may do, and when it may run. */
    public Row flags(CommandFlag... some) {
      flags.addAll(List.of(some));
      return this;
    }

    /** Sets the access categories that do not follow from the flags. */
    public Row acl(AclCategory... some) {
      categories.addAll(List.of(some));
      return this;
    }

    /** Sets where keys stand. */
    public Row keys(KeySpec... specs) {
      keys.addAll(List.of(specs));
      return this;
    }

    /** Finds the keys by code, for what the specifications do not tell in full. */
    public Row finder(KeyFinder code) {
      finder = code;
      return this;
    }

    /** Says which shards to enter, for requests that name a place in the keyspace. */
    public Row shards(ShardFinder code) {
      shards = code;
      return this;
    }

    /** Says who may use the command, if not everybody. */
    public Row permission(Permission rule) {
      permission = rule;
      return this;
    }

    /** Sets the hints for clients and proxies. */
    public Row tips(String... some) {
      tips = List.of(some);
      return this;
    }

    /** Sets the subcommands and finishes the row. */
    public CommandSpec with(CommandSpec... some) {
      subcommands = List.of(some);
      return done();
    }

    /** Finishes the row. Categories that follow from flags are added, as Redis adds them. */
    public CommandSpec done() {
      if (flags.contains(CommandFlag.WRITE)) {
        categories.add(AclCategory.WRITE);
      }
      if (flags.contains(CommandFlag.READONLY) && !categories.contains(AclCategory.SCRIPTING)) {
        categories.add(AclCategory.READ);
      }
      if (flags.contains(CommandFlag.ADMIN)) {
        categories.add(AclCategory.ADMIN);
        categories.add(AclCategory.DANGEROUS);
      }
      if (flags.contains(CommandFlag.PUBSUB)) {
        categories.add(AclCategory.PUBSUB);
      }
      if (flags.contains(CommandFlag.BLOCKING)) {
        categories.add(AclCategory.BLOCKING);
      }
      categories.add(flags.contains(CommandFlag.FAST) ? AclCategory.FAST : AclCategory.SLOW);
      return new CommandSpec(this);
    }
  }
}
