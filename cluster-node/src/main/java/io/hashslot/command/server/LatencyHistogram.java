package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyBuckets;
import io.hashslot.observe.Statistics;
import io.hashslot.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** LATENCY HISTOGRAM [command [command ...]] */
final class LatencyHistogram {
  private final Supplier<CommandTable> table;
  private final Statistics statistics;

  LatencyHistogram(Supplier<CommandTable> table, Statistics statistics) {
    this.table = table;
    this.statistics = statistics;
  }

  void execute(Context ctx, Args args) {
    List<CommandSpec> rows = new ArrayList<>();
    if (args.count() == 2) {
      rows.addAll(table.get().all());
    }
    for (int i = 2; i < args.count(); i++) {
      CommandSpec row = table.get().find(args.text(i));
      if (row != null) {
        rows.add(row);
        rows.addAll(row.subcommands());
      }
    }
    rows.removeIf(row -> statistics.latency(row.index()).getTotalCount() == 0);
    ctx.reply().map(rows.size());
    rows.forEach(row -> write(ctx.reply(), row));
  }

  private void write(ReplyWriter reply, CommandSpec row) {
    LatencyBuckets times = LatencyBuckets.of(statistics, row);
    reply.bulk(row.name());
    reply.map(2);
    reply.bulk("calls");
    reply.integer(times.calls());
    reply.bulk("histogram_usec");
    reply.map(times.buckets().size());
    for (LatencyBuckets.Bucket bucket : times.buckets()) {
      reply.integer(bucket.atMostUs());
      reply.integer(bucket.runs());
    }
  }
}
