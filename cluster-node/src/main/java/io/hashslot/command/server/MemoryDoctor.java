package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.ClientMemory;
import io.hashslot.journal.Journal;
import io.hashslot.observe.InfoText;
import io.hashslot.observe.MemoryUse;
import io.hashslot.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** MEMORY DOCTOR */
final class MemoryDoctor {
  private static final long LITTLE_BYTES = 5 << 20;
  private static final double HIGH_PEAK = 1.5;
  private static final double HIGH_FRAGMENTATION = 1.4;
  private static final double HIGH_OVERHEAD = 0.5;

  private final Journal journal;
  private final Sessions sessions;

  MemoryDoctor(Journal journal, Sessions sessions) {
    this.journal = journal;
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    MemoryUse use =
        MemoryUse.now(
            ctx.keys().keyspace(), journal.memoryBytes(), ClientMemory.of(sessions).sum());
    String text = String.join("\n", findings(use)) + '\n';
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> findings(MemoryUse use) {
    if (use.data() < LITTLE_BYTES) {
      return List.of("There is hardly any data yet: nothing can be said about its memory.");
    }
    List<String> findings = new ArrayList<>();
    if (use.peak() > use.used() * HIGH_PEAK) {
      findings.add(
          "Peak: "
              + InfoText.human(use.peak())
              + " were in use once, much more than now; freed memory may still be resident.");
    }
    if (MemoryUse.ratio(use.dataResident(), use.data()) > HIGH_FRAGMENTATION) {
      findings.add(
          "Fragmentation: the arenas keep "
              + InfoText.human(use.dataResident())
              + " for "
              + InfoText.human(use.data())
              + " of data.");
    }
    if (use.overhead() > use.used() * HIGH_OVERHEAD) {
      findings.add("Overhead: connections and the backlog take more than the data.");
    }
    return findings.isEmpty() ? List.of("No problem was found.") : findings;
  }
}
