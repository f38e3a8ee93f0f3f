package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import io.hashslot.value.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
  private static final int KEYS = 2 * RdbVisitor.AHEAD + 5;

  /** Notes what is announced and what is shown. */
  private static final class Notes implements RdbVisitor {
    private final List<String> announced = new ArrayList<>();
    private final List<String> prepared = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    @Override
    public void selectDb(int db, long offset) {}

    @Override
    public void comes(long key, int keyLength) {
      announced.add(text(key, keyLength));
    }

    @Override
    public void prepare() {
      assertThat(announced).hasSizeLessThanOrEqualTo(RdbVisitor.AHEAD);
      prepared.addAll(announced);
      announced.clear();
    }

    @Override
    public void string(RdbEntry entry, long value, int valueLength) {
      String key = text(entry.key(), entry.keyLength());
      assertThat(prepared).contains(key);
      assertThat(text(value, valueLength)).isEqualTo("value of " + key);
      shown.add(key);
    }

    @Override
    public void collection(RdbEntry entry, Kind kind, Reading reading) {
      throw new AssertionError("there are only strings");
    }

    private static String text(long address, int length) {
      return new String(Memory.bytes(address, length), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void tellsEachKeyOnceBeforeItShowsIt() throws Exception {
    Notes notes = new Notes();

    try (RecordBatch batch = new RecordBatch()) {
      fill(batch);
      batch.replay(notes);
    }

    List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    assertThat(notes.shown).isEqualTo(keys);
    assertThat(notes.prepared).isEqualTo(keys);
  }

  private static void fill(RecordBatch batch) throws IOException {
    try (RdbReader reader =
        new RdbReader(Channels.newChannel(new ByteArrayInputStream(snapshot())), true)) {
      reader.read(
          new RdbVisitor() {
            @Override
            public RecordBatch batch(RdbEntry entry) {
              return batch;
            }

            @Override
            public void selectDb(int db, long offset) {}

            @Override
            public void string(RdbEntry entry, long value, int valueLength) {
              throw new AssertionError("goes into the batch");
            }

            @Override
            public void collection(RdbEntry entry, Kind kind, Reading reading) {
              throw new AssertionError("there are only strings");
            }
          });
    }
  }

  private static byte[] snapshot() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (RdbWriter writer = new RdbWriter(Channels.newChannel(file), false, true)) {
      writer.begin(Rdb.VERSION_REDIS_7_0);
      for (int i = 0; i < KEYS; i++) {
        RdbWriterTest.put(writer, "key-" + i, -1, "value of key-" + i);
      }
      writer.end();
    }
    return file.toByteArray();
  }
}
