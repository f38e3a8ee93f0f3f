package io.hashslot.bus.link;

import static org.awaitility.Awaitility.await;

import io.hashslot.peer.PeerServer;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Config epochs of primaries. Primaries of a new cluster begin with the same one and change theirs
 * until all differ; a voter refuses a replica for ever that stands with an older one of its primary
 * than the voter has heard of. So a primary must not die on the way.
 */
final class Epochs {
  private Epochs() {}

  /** Waits until every primary has an epoch of its own, the same in everybody's eyes. */
  static void awaitAgreement(BusNode us, PeerServer... servers) {
    await("all to agree on different epochs of all primaries")
        .atMost(BusNode.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              Map<String, Long> ours = seenBy(us);
              return new HashSet<>(ours.values()).size() == ours.size()
                  && Stream.of(servers).allMatch(server -> seenBy(server).equals(ours));
            });
  }

  private static Map<String, Long> seenBy(BusNode us) {
    return us.view().nodes().stream()
        .filter(node -> !node.isReplica())
        .collect(Collectors.toMap(node -> node.id().text(), node -> node.configEpoch()));
  }

  private static Map<String, Long> seenBy(PeerServer server) {
    return server
        .call("CLUSTER", "NODES")
        .lines()
        .map(line -> line.split(" "))
        .filter(columns -> columns[2].contains("master"))
        .collect(Collectors.toMap(columns -> columns[0], columns -> Long.parseLong(columns[6])));
  }
}
