package io.hashslot.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads along what is journalled, as commands in words. */
final class RecordedJournal implements AutoCloseable {
  private static final int BACKLOG_BYTES = 1 << 20;

  private final Journal journal = new Journal(BACKLOG_BYTES);
  private final JournalReader reader;

  RecordedJournal() {
    journal.backlog().open();
    reader = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
  }

  Journal journal() {
    return journal;
  }

  /** Takes what has come since the last call, without the SELECTs that say where it happened. */
  List<String> take() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JournalSlice slice = reader.take(1 << 20); slice != null; slice = reader.take(1 << 20)) {
      bytes.writeBytes(Memory.bytes(slice.address(), slice.length()));
      slice.close();
    }
    List<String> commands = new ArrayList<>();
    String text = bytes.toString(ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf("\r\n", at);
      int count = Integer.parseInt(text.substring(at + 1, end));
      at = end + 2;
      List<String> words = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        end = text.indexOf("\r\n", at);
        int length = Integer.parseInt(text.substring(at + 1, end));
        words.add(text.substring(end + 2, end + 2 + length));
        at = end + 2 + length + 2;
      }
      if (!words.getFirst().equals("SELECT")) {
        commands.add(String.join(" ", words));
      }
    }
    return commands;
  }

  @Override
  public void close() {
    reader.close();
    journal.close();
  }
}
