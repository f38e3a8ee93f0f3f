package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.DistinctElements;
import io.hashslot.structure.FieldBlock;
import io.hashslot.structure.HashLoad;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.MemberTable;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A hash: fields with a value each. The compact form is a listpack of fields, each followed by its
 * value, in the order they came. The full form is a table of blocks, each a field with its value;
 * the cell holds the address of the table's descriptor. A hash that has become large stays in full
 * form.
 *
 * <p>Whatever is put in must not lie in the hash itself.
 */
public final class HashValue extends CollectionValue {
  private static final int LISTPACK = 0;
  private static final int TABLE = 1;
  private static final int ROOT_BYTES = Long.BYTES;

  /** Blocks whose size is looked at to tell how large all are. */
  private static final int SAMPLES = 20;

  /** About how many fields one bucket of a table has. */
  private static final int FIELDS_IN_BUCKET = 6;

  private final Slice field = new Slice();
  private final Slice value = new Slice();

  /** Of the number being put in: the other slices are used on the way. */
  private final Slice digits = new Slice();

  private final TableVisitor tableVisitor = new TableVisitor();
  private @Nullable MemberTable table;

  /** What pairs are shown to; it must not change the hash. */
  public interface PairVisitor {
    /** Takes a field and its value, which are theirs during the call only. */
    void pair(Slice field, Slice value);
  }

  /** Makes pairs of the blocks of a table. */
  private final class TableVisitor implements ScanTable.Visitor {
    private @Nullable PairVisitor pairs;

    @Override
    public void visit(long block) {
      PairVisitor to = pairs;
      if (to != null) {
        FieldBlock.get(block, field, value);
        to.pair(field, value);
      }
    }
  }

  @Override
  public Kind kind() {
    return Kind.HASH;
  }

  @Override
  public String encodingName() {
    return isCompact() ? "listpack" : "hashtable";
  }

  @Override
  public void init() {
    Listpack.create(cell());
  }

  static boolean isFull(int encoding) {
    return encoding == TABLE;
  }

  /** Whether the cell's bytes are a listpack. */
  public boolean isCompact() {
    return cell().encoding() == LISTPACK;
  }

  @Override
  public long size() {
    long root = cell().address();
    return isCompact() ? Listpack.count(root) / 2 : ScanTable.size(Memory.getLong(root));
  }

  // Single fields

  /**
   * Looks for a field. If it is there, {@link #found} is its value.
   *
   * @return whether it is there
   */
  public boolean get(long address, int length) {
    if (isCompact()) {
      long found = find(address, length);
      if (found == 0) {
        return false;
      }
      Listpack.get(Listpack.next(found), value);
      return true;
    }
    long block = table().find(address, length);
    if (block == 0) {
      return false;
    }
    FieldBlock.getValue(block, value);
    return true;
  }

  /** The value of the field that was looked for last, until the hash is used for anything else. */
  public Slice found() {
    return value;
  }

  /** Whether there is a field. */
  public boolean contains(long address, int length) {
    return isCompact() ? find(address, length) != 0 : table().find(address, length) != 0;
  }

  /** The element of the listpack that is the field, or 0. */
  private long find(long address, int length) {
    return Listpack.find(Listpack.first(cell().address()), 1, address, length);
  }

  /**
   * Sets a field, and goes over to the full form if the compact one would become too large.
   *
   * @return whether the field is new
   */
  public boolean put(long field, int fieldLength, long value, int valueLength) {
    if (!isCompact()) {
      return putInTable(field, fieldLength, value, valueLength);
    }
    expect(1, Math.max(fieldLength, valueLength), (long) fieldLength + valueLength);
    if (!isCompact()) {
      return putInTable(field, fieldLength, value, valueLength);
    }
    long found = find(field, fieldLength);
    if (found != 0) {
      Listpack.replace(cell(), Listpack.next(found), value, valueLength);
    } else {
      Listpack.append(cell(), field, fieldLength);
      Listpack.append(cell(), value, valueLength);
    }
    if (size() > cell().limits().hashMaxListpackEntries) {
      toTable();
    }
    return found == 0;
  }

  /** Sets a field to the text of a number; returns whether the field is new. */
  public boolean putLong(long field, int fieldLength, long number) {
    digits.wrapLong(number);
    return put(field, fieldLength, digits.address(), digits.length());
  }

  /** Sets a field to bytes of the heap; returns whether the field is new. */
  public boolean putBytes(long field, int fieldLength, byte[] bytes) {
    Arena arena = cell().arena();
    long copy = arena.allocate(bytes.length + 1L);
    Memory.copy(bytes, 0, copy, bytes.length);
    boolean added = put(field, fieldLength, copy, bytes.length);
    arena.free(copy, bytes.length + 1L);
    return added;
  }

  /**
   * Goes over to the full form right away if what is about to come cannot stay in the compact one.
   *
   * @param pairs how many pairs will come, whether new or not
   * @param longest bytes of the longest field or value among them
   * @param bytes of all fields and values together
   */
  public void expect(long pairs, int longest, long bytes) {
    EncodingLimits limits = cell().limits();
    if (isCompact()
        && (longest > limits.hashMaxListpackValue
            || pairs > limits.hashMaxListpackEntries
            || !Listpack.fits(cell().address(), bytes))) {
      toTable(pairs);
    }
  }

  /**
   * Begins to fill an empty hash with so many pairs, more than the compact form may hold. Nothing
   * else may be done with it until that is over.
   */
  public HashLoad load(long pairs) {
    Cell cell = cell();
    toTable(pairs);
    return new HashLoad(cell.arena(), cell.hashSeed(), Memory.getLong(cell.address()));
  }

  /**
   * Removes a field.
   *
   * @return whether it was there
   */
  public boolean remove(long address, int length) {
    if (isCompact()) {
      long found = find(address, length);
      if (found != 0) {
        Listpack.deleteRange(cell(), found, 2);
      }
      return found != 0;
    }
    MemberTable in = tableToChange();
    long block = in.find(address, length);
    if (block == 0) {
      return false;
    }
    in.changingBlock(block);
    in.remove();
    cell().arena().free(block, FieldBlock.bytes(block));
    return true;
  }

  // Many fields

  /** Shows all pairs, each once. */
  public void forEach(PairVisitor visitor) {
    long cursor = 0;
    do {
      cursor = scan(cursor, visitor);
    } while (cursor != 0);
  }

  /**
   * Shows some pairs: all of the compact form, or a few of the full one. Pairs that are there while
   * a whole scan goes on are shown at least once, even if the hash changes between the calls.
   *
   * @param cursor 0 to begin, then what the last call returned
   * @return the next cursor, 0 when all have been shown
   */
  public long scan(long cursor, PairVisitor visitor) {
    if (isCompact()) {
      for (long p = Listpack.first(cell().address()); p != 0; ) {
        long behind = Listpack.next(p);
        visitor.pair(Listpack.get(p, field), Listpack.get(behind, value));
        p = Listpack.next(behind);
      }
      return 0;
    }
    tableVisitor.pairs = visitor;
    try {
      return table().scan(cursor, tableVisitor);
    } finally {
      tableVisitor.pairs = null;
    }
  }

  /**
   * Shows pairs chosen fairly and independently of each other; the hash is not empty.
   *
   * <p>In full form the place in memory of the field tells it from others.
   *
   * @param count how many, 1 or more
   */
  public void sample(ScanTable.RandomBits random, long count, PairVisitor visitor) {
    if (!isCompact()) {
      MemberTable in = table();
      for (long i = 0; i < count; i++) {
        FieldBlock.get(in.sample(random), field, value);
        visitor.pair(field, value);
      }
      return;
    }
    long root = cell().address();
    int size = Listpack.count(root) / 2;
    if (count == 1) {
      showAt(Listpack.seek(root, 2 * choice(random, size)), visitor);
      return;
    }
    long[] places = new long[size];
    long p = Listpack.first(root);
    for (int i = 0; i < size; i++) {
      places[i] = p;
      p = Listpack.next(Listpack.next(p));
    }
    for (long i = 0; i < count; i++) {
      showAt(places[choice(random, size)], visitor);
    }
  }

  private void showAt(long p, PairVisitor visitor) {
    visitor.pair(Listpack.get(p, field), Listpack.get(Listpack.next(p), value));
  }

  private static int choice(ScanTable.RandomBits random, int size) {
    return (int) Math.unsignedMultiplyHigh(random.next(), size);
  }

  /**
   * Takes the bytes of another server's compact form into an empty hash.
   *
   * @return whether they are the listpack of a hash; if not, the hash stays empty
   */
  public boolean takeCompact(long listpack, int length) {
    if (!Listpack.valid(listpack, length, true)
        || Listpack.count(listpack) % 2 != 0
        || !DistinctElements.in(listpack, 1, cell().hashSeed())) {
      return false;
    }
    Memory.copy(listpack, cell().resize(length), length);
    if (size() > cell().limits().hashMaxListpackEntries) {
      toTable();
    }
    return true;
  }

  @Override
  public void copyTo(CollectionValue target) {
    HashValue copy = (HashValue) target;
    if (isCompact()) {
      int length = cell().length();
      Memory.copy(cell().address(), copy.cell().resize(length), length);
      return;
    }
    copy.toTable();
    forEach((f, v) -> copy.putInTable(f.address(), f.length(), v.address(), v.length()));
  }

  @Override
  public long ownedBytes() {
    if (isCompact()) {
      return 0;
    }
    long[] seen = new long[2];
    long cursor = 0;
    do {
      cursor =
          table()
              .scan(
                  cursor,
                  block -> {
                    seen[0]++;
                    seen[1] += Arena.capacity(FieldBlock.bytes(block));
                  });
    } while (cursor != 0 && seen[0] < SAMPLES);
    long size = size();
    return table().bytes() + (seen[0] == size ? seen[1] : seen[1] * size / seen[0]);
  }

  /** The table's descriptor; see {@link CollectionValue#table}. */
  static long table(int encoding, long root) {
    return encoding == LISTPACK ? 0 : Memory.getLong(root);
  }

  /** Frees what a hash owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    if (encoding == LISTPACK) {
      return true;
    }
    MemberTable table = new MemberTable(arena).wrap(arena, 0, Memory.getLong(root));
    for (int left = budget / FIELDS_IN_BUCKET; left >= 0; left--) {
      if (!table.drain(block -> arena.free(block, FieldBlock.bytes(block)))) {
        return true;
      }
    }
    return false;
  }

  // Full form

  private MemberTable table() {
    Cell cell = cell();
    MemberTable made = table;
    if (made == null) {
      made = new MemberTable(cell.arena());
      table = made;
    }
    return made.wrap(cell.arena(), cell.hashSeed(), Memory.getLong(cell.address()));
  }

  private MemberTable tableToChange() {
    MemberTable made = table();
    made.tell(frozenTable());
    return made;
  }

  private void toTable() {
    toTable(0);
  }

  /** Goes over to the full form, with room for so many fields more. */
  private void toTable(long more) {
    Cell cell = cell();
    Arena arena = cell.arena();
    long empty = ScanTable.createFor(size() + more, arena);
    MemberTable made = new MemberTable(arena).wrap(arena, cell.hashSeed(), empty);
    for (long p = Listpack.first(cell.address()); p != 0; ) {
      long behind = Listpack.next(p);
      Listpack.get(p, field);
      Listpack.get(behind, value);
      put(made, arena, field.address(), field.length(), value.address(), value.length());
      p = Listpack.next(behind);
    }
    Memory.putLong(cell.resize(ROOT_BYTES), made.descriptor());
    cell.encoding(TABLE);
  }

  private boolean putInTable(long field, int fieldLength, long value, int valueLength) {
    return put(tableToChange(), cell().arena(), field, fieldLength, value, valueLength);
  }

  private static boolean put(
      MemberTable table, Arena arena, long field, int fieldLength, long value, int valueLength) {
    long block = table.find(field, fieldLength);
    long bytes = FieldBlock.bytes(fieldLength, valueLength);
    if (block != 0) {
      table.changingBlock(block);
      long before = FieldBlock.bytes(block);
      if (Arena.capacity(before) == Arena.capacity(bytes)) {
        FieldBlock.putValue(block, value, valueLength);
        return false;
      }
      long moved = arena.allocate(bytes);
      FieldBlock.write(moved, field, fieldLength, value, valueLength);
      table.replace(moved);
      arena.free(block, before);
      return false;
    }
    block = arena.allocate(bytes);
    FieldBlock.write(block, field, fieldLength, value, valueLength);
    table.insert(block);
    return true;
  }
}
