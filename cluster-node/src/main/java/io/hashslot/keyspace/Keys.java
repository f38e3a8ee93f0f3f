package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keyspace as one execution sees it: one database (which may be changed on the way), one
 * moment, one way with expired keys. The shards of all keys used must have been entered. Reused
 * from one execution to the next by the same thread.
 *
 * <p>Flyweights that are handed out stay valid until their key is next changed; keys until the next
 * {@link #begin}.
 */
public final class Keys {
  /** In place of an expiry: the key has none, or shall have none. */
  public static final long NO_EXPIRY = -1;

  /** Returned in place of an expiry: there is no such key. */
  public static final long NO_KEY = -2;

  /** Given in place of an expiry: it stays as it is. */
  public static final long KEEP_EXPIRY = -3;

  private static final int DIGITS = 20;

  private final Keyspace keyspace;
  private final Shards shards;
  private final AccessClock accessClock;
  private final List<Key> pool = new ArrayList<>();
  private final Lookup lookup;
  private final KeyWalk walk;
  private final Values values;
  private final KeyMoves moves;
  private final StringEdits edits;
  private final KeyBytes keyBytes = new KeyBytes();
  private final long digits = Memory.allocate(DIGITS);
  private int pooled;
  private long changes;

  Keys(Keyspace keyspace, KeyspaceEvents events) {
    this.keyspace = keyspace;
    shards = keyspace.shards();
    accessClock = keyspace.accessClock();
    lookup = new Lookup(keyspace, events);
    walk = new KeyWalk(lookup);
    values = new Values(this, lookup);
    moves = new KeyMoves(this, lookup);
    edits = new StringEdits(this, lookup);
  }

  // The execution

  /**
   * Begins an execution: forgets all keys of the last one. Keys may then be made, and their shards
   * entered.
   */
  public void begin(int databaseIndex, ExpiryMode mode) {
    pooled = 0;
    keyBytes.clear();
    lookup.database = databaseIndex;
    lookup.expiryMode = mode;
    lookup.touching = true;
    changes = 0;
  }

  /**
   * Sets the one moment of this execution, milliseconds since 1970; read it from the clock after
   * entering the shards.
   */
  public void at(long moment) {
    lookup.nowMs = moment;
  }

  /** The moment of this execution, milliseconds since 1970. */
  public long nowMs() {
    return lookup.nowMs;
  }

  /** The current database. */
  public int database() {
    return lookup.database;
  }

  /** Changes the database for what follows; {@code index} is below {@link Keyspace#databases}. */
  public void select(int index) {
    lookup.database = index;
  }

  /** Whether lookups count as accesses (CLIENT NO-TOUCH, or a save is running). */
  public void touching(boolean on) {
    lookup.touching = on;
  }

  /**
   * Says which shards this execution holds, as a bit mask; whoever enters them says so, and takes
   * it back with 0. Only walks ask: they enter by themselves what is not held.
   */
  public void held(long plan) {
    lookup.held = plan;
  }

  /** How many changes to entries this execution has made so far, expired keys apart. */
  public long changes() {
    return changes;
  }

  /** The keyspace behind this view. */
  public Keyspace keyspace() {
    return keyspace;
  }

  // Keys

  /**
   * A key of this execution; its bytes must stay in place until the execution ends. {@code
   * argIndex} is free to use, -1 for none.
   */
  public Key key(long address, int length, int argIndex) {
    if (pooled == pool.size()) {
      pool.add(new Key());
    }
    Key key = pool.get(pooled++);
    keyspace.locate(key, address, length, argIndex);
    return key;
  }

  /** A key of this execution from bytes on the heap, which are copied. */
  public Key key(byte[] bytes, int argIndex) {
    return key(keyBytes.copy(bytes), bytes.length, argIndex);
  }

  /** How many keys this execution has made. */
  public int keyCount() {
    return pooled;
  }

  /**
   * Forgets the keys made last, so that {@code count} are left: for bodies that look at as many
   * keys as a value has elements.
   */
  public void forgetAfter(int count) {
    pooled = count;
  }

  /** A key that this execution has made, in the order they were made. */
  public Key keyAt(int index) {
    return pool.get(index);
  }

  // Lookups

  /** Looks a key up for a read: counts as an access and as hit or miss. */
  public @Nullable Value find(Key key) {
    long entry = lookup.read(key);
    return entry == 0 ? null : value(key, entry);
  }

  /**
   * Like {@link #find} for commands on strings; throws {@link WrongTypeException} if the value is
   * of another kind.
   */
  public @Nullable StringValue string(Key key) {
    long entry = lookup.read(key);
    return entry == 0 ? null : string(key, entry);
  }

  /** Looks a string up in order to change it: an access, but neither hit nor miss. */
  public @Nullable StringValue stringForWrite(Key key) {
    long entry = lookup.write(key);
    return entry == 0 ? null : string(key, entry);
  }

  /** Looks a key up in order to change it: an access, but neither hit nor miss. */
  public @Nullable Value findForWrite(Key key) {
    long entry = lookup.write(key);
    return entry == 0 ? null : value(key, entry);
  }

  /**
   * Looks a key up for a read that is no access (TYPE): counts as hit or miss, leaves the clock.
   */
  public @Nullable Value inspect(Key key) {
    long entry = lookup.live(key, false);
    lookup.count(key, entry);
    return entry == 0 ? null : value(key, entry);
  }

  /** Looks a key up without leaving a trace in clocks and counters (OBJECT, DEBUG). */
  public @Nullable Value peek(Key key) {
    long entry = lookup.live(key, false);
    return entry == 0 ? null : value(key, entry);
  }

  /** Whether there is such a key (EXISTS): counts as hit or miss, not as access. */
  public boolean exists(Key key) {
    long entry = lookup.live(key, false);
    lookup.count(key, entry);
    return entry != 0;
  }

  /** Whether there is such a key, without a trace in clocks and counters. */
  public boolean has(Key key) {
    return lookup.live(key, false) != 0;
  }

  /**
   * When a key expires, milliseconds since 1970; {@link #NO_EXPIRY} or {@link #NO_KEY}. Leaves no
   * trace.
   */
  public long expireAtMs(Key key) {
    long entry = lookup.live(key, false);
    return entry == 0 ? NO_KEY : Entry.expireAtMs(entry);
  }

  /**
   * The 24 bits of a key's access clock, to be read by {@link AccessClock}, or -1 if there is no
   * such key. Leaves no trace.
   */
  public int accessClock(Key key) {
    long entry = lookup.live(key, false);
    return entry == 0 ? -1 : Entry.clock(entry);
  }

  /**
   * Bytes that a key takes in the arena, its share of the index included (MEMORY USAGE), or -1 if
   * there is no such key.
   */
  public long bytesOf(Key key) {
    long entry = lookup.live(key, false);
    if (entry == 0) {
      return -1;
    }
    long owned = value(key, entry) instanceof CollectionValue c ? c.ownedBytes() : 0;
    return Entry.memoryBytes(entry) + owned;
  }

  /** The collections. */
  public Values values() {
    return values;
  }

  // Strings

  /**
   * Sets a key to a string, whatever it held: as number if the bytes are the canonical text of one.
   *
   * @param expireAtMs milliseconds since 1970, {@link #NO_EXPIRY} or {@link #KEEP_EXPIRY}
   */
  public void put(Key key, long address, int length, long expireAtMs) {
    put(key, address, length, Entries.encodingOf(address, length), expireAtMs);
  }

  /** Like {@link #put}, but the string is never taken for a number (INCRBYFLOAT). */
  public void putText(Key key, long address, int length, long expireAtMs) {
    put(key, address, length, Entries.textEncoding(length), expireAtMs);
  }

  /** Like {@link #putText(Key, long, int, long)}, with bytes on the heap. */
  public void putText(Key key, byte[] text, long expireAtMs) {
    putText(key, keyBytes.copy(text), text.length, expireAtMs);
  }

  /** Sets a key to a string that remembers this encoding (loading). */
  public void put(Key key, long address, int length, StringEncoding encoding, long expireAtMs) {
    ShardDatabase tables = lookup.tables(key);
    long entry = lookup.write(key);
    if (entry == 0) {
      entry = create(key, length, encoding, expireAtMs == KEEP_EXPIRY ? NO_EXPIRY : expireAtMs);
    } else {
      changing(tables, entry);
      if (Entry.kind(entry) != Kind.STRING) {
        tables.disposeValue(entry);
      }
      entry = Entries.overwrite(tables, key, entry, length, expireAtMs);
      Entry.putForm(entry, Kind.STRING, encoding.ordinal());
    }
    Memory.copy(address, Entry.stringAddress(entry), length);
  }

  /** Sets a key to the text of a number (INCR). */
  public void putLong(Key key, long value, long expireAtMs) {
    int length = Decimal.write(digits, value);
    put(key, digits, length, StringEncoding.INT, expireAtMs);
  }

  /**
   * Makes a string at least so long, filled up with zero bytes, and lets the caller write anywhere
   * into it. The key is created if it is missing; its expiry stays; its encoding becomes raw.
   *
   * @return the string: its bytes may be written until the key is next used
   */
  public StringValue edit(Key key, int minLength) {
    return edits.edit(key, minLength, 0, Integer.MAX_VALUE);
  }

  /**
   * Makes a string at least {@code to} bytes long, likewise, and lets the caller write into it from
   * one index up to another (SETRANGE, SETBIT, BITFIELD).
   *
   * @return the string: those bytes may be written until the key is next used
   */
  public StringValue edit(Key key, int from, int to) {
    return edits.edit(key, to, from, to);
  }

  /** Appends to a string, creating the key if it is missing; returns the new length. */
  public int append(Key key, long address, int length) {
    return edits.append(key, address, length);
  }

  // Keys as a whole

  /** Deletes a key; false if there is none. */
  public boolean remove(Key key) {
    long entry = lookup.live(key, true);
    if (entry == 0) {
      return false;
    }
    ShardDatabase tables = lookup.tables(key);
    changing(tables, entry);
    tables.drop(key.table(), key.hash(), entry);
    return true;
  }

  /**
   * Lets a key expire at a time, in milliseconds since 1970, past or future, or never ({@link
   * #NO_EXPIRY}); false if there is no such key.
   */
  public boolean expireAt(Key key, long expireAtMs) {
    long entry = lookup.live(key, true);
    if (entry == 0) {
      return false;
    }
    ShardDatabase tables = lookup.tables(key);
    changing(tables, entry);
    if (expireAtMs == NO_EXPIRY) {
      Entries.reshape(
          tables, key, entry, Entry.flags(entry) & ~Entry.EXPIRY, Entry.valueLength(entry));
    } else {
      long shaped =
          Entries.reshape(
              tables, key, entry, Entry.flags(entry) | Entry.EXPIRY, Entry.valueLength(entry));
      Entry.putExpireAtMs(shaped, expireAtMs);
    }
    return true;
  }

  /** Takes a key's expiry away; false if there is no such key or it has none. */
  public boolean persist(Key key) {
    long entry = lookup.live(key, true);
    return entry != 0 && Entry.hasExpiry(entry) && expireAt(key, NO_EXPIRY);
  }

  /**
   * Sets when a key was last used, or how often, in the terms of the policy in force (RESTORE,
   * loading); no effect without the key.
   */
  public void setAccess(Key key, long idleSeconds, int frequency) {
    long entry = lookup.live(key, false);
    if (entry == 0) {
      return;
    }
    if (accessClock.lfu() && frequency >= 0) {
      Entry.putClock(entry, accessClock.frequencyOf(frequency, lookup.nowMs));
    } else if (!accessClock.lfu() && idleSeconds >= 0) {
      Entry.putClock(entry, accessClock.idleFor(idleSeconds, lookup.nowMs));
    }
  }

  /**
   * Gives a value another key in the current database, with its expiry and access clock; what was
   * at {@code to} is gone. False if {@code from} is missing.
   */
  public boolean rename(Key from, Key to) {
    if (from.sameAs(to)) {
      return lookup.live(from, true) != 0;
    }
    return moves.move(from, to, lookup.database);
  }

  /**
   * Moves a value with its expiry and access clock to a key of a database; what was there is gone.
   * False if {@code from} is missing.
   */
  public boolean move(Key from, Key to, int toDatabase) {
    return moves.move(from, to, toDatabase);
  }

  /**
   * Copies a value with its expiry to a key of a database; what was there is gone. False if {@code
   * from} is missing.
   */
  public boolean copy(Key from, Key to, int toDatabase) {
    return moves.copy(from, to, toDatabase);
  }

  // Walks

  /**
   * One step of SCAN: shows whole buckets until at least {@code count} entries have been looked at
   * or all tables are through. The shard of the cursor must have been entered ({@link
   * Keyspace#shardOfCursor}); others that are not {@linkplain #held held} are entered one at a
   * time, and the step ends where one is busy. Expired keys are not shown and, on a primary,
   * deleted from shards that are held.
   *
   * @param cursor 0 to begin; any other value is accepted
   * @return the next cursor, 0 at the end
   */
  public long scan(long cursor, int count, EntryVisitor visitor) {
    return walk.scan(cursor, count, visitor);
  }

  /**
   * Shows a random key, each with the same probability; false if there is none. All shards must
   * have been entered.
   */
  public boolean random(EntryVisitor visitor) {
    return walk.random(visitor);
  }

  /**
   * Keys in a slot of the current database, expired ones included. Cluster mode only; the slot's
   * shard must have been entered.
   */
  public long countInSlot(int slot) {
    return shards
        .shard(keyspace.shardOfSlot(slot))
        .databases[lookup.database]
        .keysOf(keyspace.tableOfSlot(slot));
  }

  /**
   * Shows up to {@code max} keys of a slot, expired ones included. Cluster mode only; the slot's
   * shard must have been entered.
   */
  public void inSlot(int slot, int max, EntryVisitor visitor) {
    walk.inSlot(slot, max, visitor);
  }

  /** How this execution treats keys whose time has come. */
  public ExpiryMode expiryMode() {
    return lookup.expiryMode;
  }

  private static StringValue string(Key key, long entry) {
    requireString(entry);
    return Entry.string(entry, key.string);
  }

  static void requireString(long entry) {
    if (Entry.kind(entry) != Kind.STRING) {
      throw WrongTypeException.INSTANCE;
    }
  }

  private Value value(Key key, long entry) {
    return key.flyweights.over(lookup.tables(key), key, entry);
  }

  /** To be called before an entry changes. */
  void changing(ShardDatabase tables, long entry) {
    tables.beforeChange(entry);
    changed(tables);
  }

  /** Counts a change. */
  void changed(ShardDatabase tables) {
    tables.shard().stats.change();
    changes++;
  }

  long create(Key key, int length, StringEncoding encoding, long expireAtMs) {
    return values.create(key, Kind.STRING, encoding.ordinal(), length, expireAtMs, true);
  }
}
