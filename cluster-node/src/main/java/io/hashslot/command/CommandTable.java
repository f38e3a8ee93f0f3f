package io.hashslot.command;

import io.hashslot.resp.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * All commands of a node by name. Found by the bytes of the request, whatever their case, without
 * making a string: names of up to eight letters are compared as one word.
 */
public final class CommandTable {
  private final Map<String, CommandSpec> byName = new LinkedHashMap<>();
  private final List<CommandSpec> all = new ArrayList<>();
  private final CommandSpec[] slots;
  private final long[] words;
  private final int mask;

  /** Makes the table of some groups' rows. */
  public CommandTable(Collection<CommandSpec> rows) {
    for (CommandSpec row : rows) {
      if (byName.put(row.name(), row) != null) {
        throw new IllegalArgumentException("two rows for " + row.name());
      }
      number(row);
    }
    int size = Integer.highestOneBit(Math.max(8, byName.size())) * 4;
    slots = new CommandSpec[size];
    words = new long[size];
    mask = size - 1;
    for (CommandSpec row : byName.values()) {
      long word = word(row.nameBytes());
      int at = place(word, row.nameBytes().length);
      while (slots[at] != null) {
        at = (at + 1) & mask;
      }
      slots[at] = row;
      words[at] = word;
    }
  }

  private void number(CommandSpec row) {
    row.index(all.size());
    all.add(row);
    row.subcommands().forEach(this::number);
  }

  /** Returns every row, subcommands included; a row's index is its place here. */
  public List<CommandSpec> all() {
    return all;
  }

  /** Returns the rows of commands, without their subcommands. */
  public Collection<CommandSpec> commands() {
    return byName.values();
  }

  /** Returns the row of a name such as {@code get} or {@code object|encoding}, or null. */
  public @Nullable CommandSpec find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int bar = lower.indexOf('|');
    if (bar < 0) {
      return byName.get(lower);
    }
    CommandSpec parent = byName.get(lower.substring(0, bar));
    return parent == null ? null : parent.subcommand(lower.substring(bar + 1));
  }

  /**
   * Returns the row of a request: its subcommand's if it names one, the container's if the
   * subcommand is unknown or missing, null if there is no such command.
   */
  public @Nullable CommandSpec find(Request request) {
    CommandSpec row = find(request.address(0), request.length(0));
    if (row == null || !row.isContainer() || request.count() < 2) {
      return row;
    }
    CommandSpec child = row.subcommand(request.text(1).toLowerCase(Locale.ROOT));
    return child == null ? row : child;
  }

  private @Nullable CommandSpec find(long address, int length) {
    long word = 0;
    int head = Math.min(8, length);
    for (int i = 0; i < head; i++) {
      word |= (long) lower(UnsafeApi.getByte(address + i)) << (i * 8);
    }
    for (int at = place(word, length); ; at = (at + 1) & mask) {
      CommandSpec row = slots[at];
      if (row == null) {
        return null;
      }
      if (words[at] == word && row.nameBytes().length == length && tailEquals(row, address)) {
        return row;
      }
    }
  }

  private static boolean tailEquals(CommandSpec row, long address) {
    byte[] name = row.nameBytes();
    for (int i = 8; i < name.length; i++) {
      if (lower(UnsafeApi.getByte(address + i)) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
  }

  private static long word(byte[] name) {
    long word = 0;
    for (int i = 0; i < Math.min(8, name.length); i++) {
      word |= (long) (name[i] & 0xff) << (i * 8);
    }
    return word;
  }

  private int place(long word, int length) {
    long mixed = (word ^ length) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & mask;
  }
}
