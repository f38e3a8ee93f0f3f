package io.hashslot.persist.rdb;

import io.hashslot.structure.Chunk;
import io.hashslot.structure.Listpack;
import io.hashslot.value.Cell;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import java.io.IOException;

/**
 * How a list stands in a snapshot: as its chunks, each a listpack or one large element (type 18).
 * One in compact form is written as a single chunk, as Valkey 8.0 does. Older forms are read:
 * element by element (type 1), and as one or more ziplists (types 10 and 14).
 */
final class ListRecord {
  private static final int ELEMENTS = 1;
  private static final int ZIPLIST = 10;
  private static final int ZIPLISTS = 14;
  private static final int CHUNKS = 18;

  private ListRecord() {}

  static int type(ListValue value, int version) {
    return CHUNKS;
  }

  static void write(RdbEncoder out, ListValue value, int version) {
    long chunk = value.firstChunk();
    if (chunk == 0) {
      Cell cell = value.cell();
      out.length(1);
      out.length(Chunk.PACKED);
      out.string(cell.address(), cell.length());
      return;
    }
    out.length(value.chunks());
    for (; chunk != 0; chunk = Chunk.next(chunk)) {
      chunk(out, chunk);
    }
  }

  static void chunk(RdbEncoder out, long chunk) {
    out.length(Chunk.isPlain(chunk) ? Chunk.PLAIN : Chunk.PACKED);
    long contents = Chunk.contents(chunk);
    if (Chunk.isCompressed(chunk)) {
      out.compressedString(contents, Chunk.compressedLength(chunk), Chunk.length(chunk));
    } else {
      out.string(contents, Chunk.length(chunk));
    }
  }

  static void read(int type, RdbInput in, ListValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock block = new NativeBlock()) {
      switch (type) {
        case ELEMENTS -> readElements(in, target, block);
        case ZIPLIST -> readZiplists(in, target, block, 1);
        case ZIPLISTS -> readZiplists(in, target, block, in.smallLength("number of ziplists"));
        case CHUNKS -> readChunks(in, target, block);
        default ->
            throw new RdbFormatException(
                "value type " + type + " (" + Rdb.typeName(type) + ") cannot be read,", at);
      }
    }
    target.fit();
  }

  private static void readElements(RdbInput in, ListValue target, NativeBlock block)
      throws IOException {
    target.expand();
    for (long left = in.smallLength("length of a list"); left > 0; left--) {
      in.string(block);
      target.push(ListSide.RIGHT, block.address(), block.length);
    }
  }

  private static void readZiplists(RdbInput in, ListValue target, NativeBlock block, int count)
      throws IOException {
    try (NativeBlock listpack = new NativeBlock()) {
      for (int left = count; left > 0; left--) {
        long at = in.offset();
        in.string(block);
        if (!Ziplist.toListpack(block, listpack)) {
          throw new RdbFormatException("damaged ziplist in a list", at);
        }
        if (listpack.length > Listpack.EMPTY_BYTES) {
          target.appendListpack(listpack.address(), listpack.length);
        }
      }
    }
  }

  private static void readChunks(RdbInput in, ListValue target, NativeBlock block)
      throws IOException {
    for (long left = in.smallLength("number of chunks"); left > 0; left--) {
      long at = in.offset();
      long form = in.length();
      in.string(block);
      if (form == Chunk.PLAIN) {
        target.appendLarge(block.address(), block.length);
      } else if (form != Chunk.PACKED) {
        throw new RdbFormatException("chunk of a list of form " + form, at);
      } else if (!Listpack.valid(block.address(), block.length, true)) {
        throw new RdbFormatException("malformed listpack in a list", at);
      } else if (block.length > Listpack.EMPTY_BYTES) {
        target.appendListpack(block.address(), block.length);
      }
    }
  }
}
