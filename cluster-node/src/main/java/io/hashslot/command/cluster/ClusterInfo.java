package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterTexts;
import io.hashslot.cluster.Cluster;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.nio.charset.StandardCharsets;

/** CLUSTER INFO */
final class ClusterInfo {
  private final ClusterCall call;

  ClusterInfo(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    Cluster cluster = call.cluster();
    String text = ClusterTexts.info(cluster.view(), cluster.linksClosedForSendBuffer());
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }
}
