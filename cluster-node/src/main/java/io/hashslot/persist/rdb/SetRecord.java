package io.hashslot.persist.rdb;

import io.hashslot.structure.DistinctElements;
import io.hashslot.structure.IntSet;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.SetLoad;
import io.hashslot.structure.SetMember;
import io.hashslot.value.Cell;
import io.hashslot.value.SetEncoding;
import io.hashslot.value.SetValue;
import java.io.IOException;

/**
 * How a set stands in a snapshot: an intset and, from version 11 on, a listpack as the bytes they
 * are (types 11 and 20), anything else member by member (type 2).
 */
final class SetRecord {
  private static final int MEMBERS = 2;
  private static final int INTSET = 11;
  private static final int LISTPACK = 20;

  private SetRecord() {}

  static int type(SetValue value, int version) {
    return switch (value.encoding()) {
      case INTSET -> INTSET;
      case LISTPACK -> version < Rdb.VERSION_REDIS_7_2 ? MEMBERS : LISTPACK;
      case HASHTABLE -> MEMBERS;
    };
  }

  static void write(RdbEncoder out, SetValue value, int version) {
    Cell cell = value.cell();
    if (type(value, version) != MEMBERS) {
      out.string(cell.address(), cell.length());
      return;
    }
    out.length(value.size());
    value.each(
        member -> {
          member(out, member);
          return true;
        });
  }

  static void member(RdbEncoder out, SetMember member) {
    if (member.isLong()) {
      out.integerString(member.longValue());
    } else {
      out.string(member.address(), member.length());
    }
  }

  static void read(int type, RdbInput in, SetValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock block = new NativeBlock()) {
      switch (type) {
        case MEMBERS -> members(in, target, block);
        case INTSET -> {
          in.string(block);
          if (!IntSet.valid(block.address(), block.length)) {
            throw new RdbFormatException("damaged intset", at);
          }
          target.load(SetEncoding.INTSET, block.address(), block.length);
        }
        case LISTPACK -> {
          in.string(block);
          listpack(target, block, at);
        }
        default -> throw new RdbFormatException("no set has type " + type, at);
      }
    }
  }

  private static void members(RdbInput in, SetValue target, NativeBlock block) throws IOException {
    long at = in.offset();
    int count = in.smallLength("number of members");
    boolean sound = true;
    if (count > target.cell().limits().setMaxIntsetEntries) {
      sound = many(in, target, block, count);
    } else {
      for (int i = 0; i < count && sound; i++) {
        in.string(block);
        sound = target.add(block.address(), block.length);
      }
    }
    if (!sound) {
      throw new RdbFormatException("a member of a set stands there twice", at);
    }
  }

  private static boolean many(RdbInput in, SetValue target, NativeBlock block, int count)
      throws IOException {
    boolean sound = true;
    try (SetLoad load = target.load(Math.min(count, Rdb.MOST_EXPECTED))) {
      for (int i = 0; i < count && sound; i++) {
        in.string(block);
        sound = load.add(block.address(), block.length);
      }
      return sound && load.flush();
    }
  }

  private static void listpack(SetValue target, NativeBlock block, long at)
      throws RdbFormatException {
    if (!Listpack.valid(block.address(), block.length, true)
        || !DistinctElements.in(block.address(), 0, target.cell().hashSeed())) {
      throw new RdbFormatException("damaged listpack of members", at);
    }
    target.load(SetEncoding.LISTPACK, block.address(), block.length);
  }
}
