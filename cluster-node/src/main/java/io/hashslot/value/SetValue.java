package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IntSet;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.SetLoad;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.SetTable;
import org.jspecify.annotations.Nullable;

/**
 * A set: as an intset while all members are numbers, as a listpack while it is small, as a table
 * from then on. It never goes back by itself. When it goes on is seen by clients, through OBJECT
 * ENCODING, and so is just as in Redis 7.2 and Valkey 8.0, which the tests ask.
 */
public final class SetValue extends CollectionValue {
  /** No intset becomes larger than this, whatever the directive says. */
  private static final long MOST_NUMBERS = 1L << 30;

  private final SetMember argument = new SetMember();
  private final SetMember shown = new SetMember();
  private final TableWalk walk = new TableWalk();
  private @Nullable SetTable table;

  /** Sees members; returns whether it wants to see more. */
  public interface Members {
    /** Takes a member, which is valid during the call. It must not change the set. */
    boolean member(SetMember member);
  }

  /** Hands elements of a table on as members. */
  private final class TableWalk implements ScanTable.Visitor {
    private @Nullable Members members;
    private boolean more;

    @Override
    public void visit(long element) {
      Members to = members;
      if (more && to != null) {
        more = to.member(SetTable.show(element, shown));
      }
    }
  }

  @Override
  public Kind kind() {
    return Kind.SET;
  }

  /** The form it has. */
  public SetEncoding encoding() {
    return SetEncoding.of(cell().encoding());
  }

  @Override
  public String encodingName() {
    return encoding().encodingName();
  }

  @Override
  public void init() {
    become(SetEncoding.INTSET);
    IntSet.create(cell());
  }

  @Override
  public long size() {
    long root = cell().address();
    return switch (encoding()) {
      case INTSET -> IntSet.count(root);
      case LISTPACK -> Listpack.count(root);
      case HASHTABLE -> SetTable.count(root);
    };
  }

  // Members

  /** Whether these bytes are a member. */
  public boolean contains(long address, int length) {
    return contains(argument.wrap(address, length));
  }

  /** Whether this is a member. */
  public boolean contains(SetMember member) {
    long root = cell().address();
    return switch (encoding()) {
      case INTSET -> member.isLong() && IntSet.contains(root, member.longValue());
      case LISTPACK -> find(root, member) != 0;
      case HASHTABLE -> table().contains(member);
    };
  }

  /** Adds these bytes, which lie outside the set; false if they are a member already. */
  public boolean add(long address, int length) {
    return add(argument.wrap(address, length));
  }

  /** Adds a member, whose bytes lie outside the set; false if it is there already. */
  public boolean add(SetMember member) {
    return switch (encoding()) {
      case INTSET -> addToNumbers(member);
      case LISTPACK -> addToListpack(member);
      case HASHTABLE -> tableToChange().add(member);
    };
  }

  /** Removes these bytes, which lie outside the set; false if they are no member. */
  public boolean remove(long address, int length) {
    return remove(argument.wrap(address, length));
  }

  /** Removes a member, whose bytes lie outside the set; false if it is not there. */
  public boolean remove(SetMember member) {
    switch (encoding()) {
      case INTSET -> {
        return member.isLong() && IntSet.remove(cell(), member.longValue());
      }
      case LISTPACK -> {
        long found = find(cell().address(), member);
        if (found != 0) {
          Listpack.delete(cell(), found);
        }
        return found != 0;
      }
      default -> {
        return tableToChange().remove(member);
      }
    }
  }

  /** Shows the members, in no order that means something, until the visitor has seen enough. */
  public void each(Members members) {
    long root = cell().address();
    switch (encoding()) {
      case INTSET -> {
        int count = IntSet.count(root);
        for (int i = 0; i < count && members.member(shown.wrapLong(IntSet.get(root, i))); i++) {}
      }
      case LISTPACK -> {
        long p = Listpack.first(root);
        while (p != 0 && members.member(shown.wrapElement(p))) {
          p = Listpack.next(p);
        }
      }
      case HASHTABLE -> {
        long cursor = 0;
        do {
          cursor = scan(cursor, members);
        } while (cursor != 0 && walk.more);
      }
    }
  }

  /**
   * One step of SSCAN: shows the members of one bucket, or of the whole set in compact form.
   *
   * @param cursor 0 to begin, then what the last call returned
   * @return the next cursor, 0 at the end
   */
  public long scan(long cursor, Members members) {
    if (encoding() != SetEncoding.HASHTABLE) {
      each(members);
      return 0;
    }
    walk.members = members;
    walk.more = true;
    long next = table().scan(cursor, walk);
    walk.members = null;
    return next;
  }

  /** A member, each as likely as any other, valid until the next call; the set is not empty. */
  public SetMember random(ScanTable.RandomBits random) {
    long root = cell().address();
    return switch (encoding()) {
      case INTSET -> shown.wrapLong(IntSet.get(root, draw(random, IntSet.count(root))));
      case LISTPACK -> shown.wrapElement(Listpack.seek(root, draw(random, Listpack.count(root))));
      case HASHTABLE -> SetTable.show(table().sample(random), shown);
    };
  }

  /** Shows {@code count} random members, fewer than there are, each once. */
  public void sample(long count, ScanTable.RandomBits random, Members members) {
    new SetDraw(random, count, size()).show(this, members);
  }

  /** Shows {@code count} random members, fewer than there are, and removes them. */
  public void pop(long count, ScanTable.RandomBits random, Members members) {
    new SetDraw(random, count, size()).remove(this, members);
  }

  private static int draw(ScanTable.RandomBits random, int bound) {
    return (int) Math.unsignedMultiplyHigh(random.next(), bound);
  }

  // Forms

  /**
   * Says what is about to be added: an empty set takes the form that its first member and their
   * number ask for, another one becomes a table if so many could need it, even if they turn out to
   * be members already.
   */
  public void expect(long firstAddress, int firstLength, long members) {
    switch (encoding()) {
      case INTSET -> {
        if (isEmpty()) {
          begin(argument.wrap(firstAddress, firstLength), members);
        } else if (members > mostNumbers()) {
          toTable();
        }
      }
      case LISTPACK -> {
        if (members > cell().limits().setMaxListpackEntries) {
          toTable();
        }
      }
      case HASHTABLE -> {}
    }
  }

  private void begin(SetMember first, long members) {
    if (first.isLong() && members <= mostNumbers()) {
      return;
    }
    if (members <= cell().limits().setMaxListpackEntries) {
      toListpack();
    } else {
      toTable();
    }
  }

  /** Says of an empty set that members of all sorts are about to be added. */
  public void expectTexts() {
    toListpack();
  }

  /** Makes it an intset if it is none and could be one (what STORE commands have computed). */
  public void compactNumbers() {
    if (encoding() == SetEncoding.INTSET || size() > mostNumbers()) {
      return;
    }
    NumbersOnly numbers = new NumbersOnly((int) size());
    each(numbers);
    if (numbers.only) {
      free();
      init();
      for (int i = 0; i < numbers.count; i++) {
        IntSet.add(cell(), numbers.values[i]);
      }
    }
  }

  /** Collects numbers until something else comes. */
  private static final class NumbersOnly implements Members {
    private final long[] values;
    private int count;
    private boolean only = true;

    NumbersOnly(int size) {
      values = new long[size];
    }

    @Override
    public boolean member(SetMember member) {
      only = member.isLong();
      if (only) {
        values[count++] = member.longValue();
      }
      return only;
    }
  }

  private long mostNumbers() {
    return Math.min(MOST_NUMBERS, cell().limits().setMaxIntsetEntries);
  }

  private boolean addToNumbers(SetMember member) {
    if (!member.isLong()) {
      if (fitsListpackOfNumbers(member)) {
        toListpack();
        Listpack.append(cell(), member.address(), member.length());
      } else {
        toTable().addNew(member);
      }
      return true;
    }
    if (!IntSet.add(cell(), member.longValue())) {
      return false;
    }
    if (IntSet.count(cell().address()) > mostNumbers()) {
      toTable();
    }
    return true;
  }

  private boolean fitsListpackOfNumbers(SetMember member) {
    EncodingLimits limits = cell().limits();
    long root = cell().address();
    int count = IntSet.count(root);
    if (count >= limits.setMaxListpackEntries || member.length() > limits.setMaxListpackValue) {
      return false;
    }
    if (count == 0) {
      return true;
    }
    // The longest text is that of the least or of the greatest number.
    int first = shown.wrapLong(IntSet.get(root, 0)).length();
    int last = shown.wrapLong(IntSet.get(root, count - 1)).length();
    return Math.max(first, last) <= limits.setMaxListpackValue;
  }

  private boolean addToListpack(SetMember member) {
    long root = cell().address();
    if (find(root, member) != 0) {
      return false;
    }
    EncodingLimits limits = cell().limits();
    if (Listpack.count(root) < limits.setMaxListpackEntries
        && member.length() <= limits.setMaxListpackValue
        && Listpack.fits(root, member.length())) {
      if (member.isLong()) {
        Listpack.appendLong(cell(), member.longValue());
      } else {
        Listpack.append(cell(), member.address(), member.length());
      }
    } else {
      toTable().addNew(member);
    }
    return true;
  }

  private static long find(long listpack, SetMember member) {
    return Listpack.find(Listpack.first(listpack), 0, member.address(), member.length());
  }

  /** Makes an intset a listpack. */
  private void toListpack() {
    Cell cell = cell();
    long[] numbers = new long[IntSet.count(cell.address())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = IntSet.get(cell.address(), i);
    }
    become(SetEncoding.LISTPACK);
    Listpack.create(cell);
    for (long number : numbers) {
      Listpack.appendLong(cell, number);
    }
  }

  /** Makes a compact set a table. */
  public SetTable toTable() {
    return toTable(0);
  }

  /** Makes a compact set a table, with room for so many members more. */
  public SetTable toTable(long more) {
    if (encoding() == SetEncoding.HASHTABLE) {
      return tableToChange();
    }
    Cell cell = cell();
    long root = cell.arena().allocate(SetTable.ROOT_BYTES);
    SetTable.create(cell.arena(), root, size() + more);
    SetTable full = flyweight().wrap(cell.arena(), cell.hashSeed(), root);
    each(
        member -> {
          full.addNew(member);
          return true;
        });
    become(SetEncoding.HASHTABLE);
    SetTable.moveRoot(root, cell.resize(SetTable.ROOT_BYTES));
    cell.arena().free(root, SetTable.ROOT_BYTES);
    return table();
  }

  /**
   * Begins to fill an empty set with so many members, more than compact forms may hold. Nothing
   * else may be done with it until that is over.
   */
  public SetLoad load(long members) {
    SetTable _ = toTable(members);
    Cell cell = cell();
    return new SetLoad(cell.arena(), cell.hashSeed(), cell.address());
  }

  private void become(SetEncoding encoding) {
    cell().encoding(encoding.ordinal());
  }

  private SetTable table() {
    Cell cell = cell();
    return flyweight().wrap(cell.arena(), cell.hashSeed(), cell.address());
  }

  private SetTable tableToChange() {
    SetTable full = table();
    full.tell(frozenTable());
    return full;
  }

  private SetTable flyweight() {
    SetTable flyweight = table;
    if (flyweight == null) {
      flyweight = new SetTable(cell().arena());
      table = flyweight;
    }
    return flyweight;
  }

  // The value as a whole

  /**
   * Makes a fresh set one of these bytes, of an intset or a listpack without repetitions that has
   * been checked; it becomes a table if they are too many.
   */
  public void load(SetEncoding compact, long address, int length) {
    become(compact);
    Memory.copy(address, cell().resize(length), length);
    long most =
        compact == SetEncoding.INTSET
            ? cell().limits().setMaxIntsetEntries
            : cell().limits().setMaxListpackEntries;
    if (size() > most) {
      toTable();
    }
  }

  @Override
  public void copyTo(CollectionValue target) {
    SetValue copy = (SetValue) target;
    Cell from = cell();
    if (encoding() == SetEncoding.HASHTABLE) {
      table().copyTo(copy.toTable());
      return;
    }
    copy.become(encoding());
    Memory.copy(from.address(), copy.cell().resize(from.length()), from.length());
  }

  @Override
  public long ownedBytes() {
    return encoding() == SetEncoding.HASHTABLE ? table().ownedBytes() : 0;
  }

  /** Frees what the set owns beside its cell, which then holds nothing. */
  private void free() {
    if (encoding() == SetEncoding.HASHTABLE) {
      while (!table().dispose(Integer.MAX_VALUE)) {}
    }
  }

  /** The table's descriptor; see {@link CollectionValue#table}. */
  static long table(int encoding, long root) {
    return SetEncoding.of(encoding) == SetEncoding.HASHTABLE ? Memory.getLong(root) : 0;
  }

  /** Frees what a value of this kind owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    return SetEncoding.of(encoding) != SetEncoding.HASHTABLE
        || new SetTable(arena).wrap(arena, 0, root).dispose(budget);
  }
}
