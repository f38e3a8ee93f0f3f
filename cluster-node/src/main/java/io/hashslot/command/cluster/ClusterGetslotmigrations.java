package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.migration.MigrationReport;
import io.hashslot.resp.ReplyWriter;
import java.util.List;

/** CLUSTER GETSLOTMIGRATIONS */
final class ClusterGetslotmigrations {
  private static final int FIELDS = 8;

  private final MigrationCall call;

  ClusterGetslotmigrations(MigrationCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    List<MigrationReport> reports = call.migrations().reports();
    ctx.reply().array(reports.size());
    reports.forEach(report -> write(ctx.reply(), report));
  }

  private static void write(ReplyWriter reply, MigrationReport report) {
    String source = report.source();
    String target = report.target();
    reply.map(FIELDS + (source == null ? 0 : 1) + (target == null ? 0 : 1));
    text(reply, "name", report.name());
    text(reply, "operation", report.operation());
    text(reply, "slot_ranges", report.slotRanges());
    if (target != null) {
      text(reply, "target_node", target);
    }
    if (source != null) {
      text(reply, "source_node", source);
    }
    seconds(reply, "create_time", report.createdMs());
    seconds(reply, "last_update_time", report.updatedMs());
    seconds(reply, "last_ack_time", report.heardMs());
    text(reply, "state", report.state());
    text(reply, "message", report.message());
  }

  private static void text(ReplyWriter reply, String name, String value) {
    reply.bulk(name);
    reply.bulk(value);
  }

  private static void seconds(ReplyWriter reply, String name, long ms) {
    reply.bulk(name);
    reply.integer(ms / 1000);
  }
}
