package io.hashslot.cli.cluster;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.ClusterView;
import io.hashslot.cli.view.NodeLinks;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says how a cluster is: its nodes, whether they agree, open slots, slots nobody serves. */
final class Check {
  private static final int BATCH = 1024;

  private final NodeLinks links;
  private final Report report;

  Check(NodeLinks links, Report report) {
    this.links = links;
    this.report = report;
  }

  /**
   * The table of primaries: keys, slots, replicas. A node that does not tell its size ends the
   * table.
   */
  void info(ClusterView view) {
    long keys = 0;
    List<ClusterNode> primaries = view.primaries();
    for (ClusterNode node : primaries) {
      Reply size;
      try {
        size = links.call(node.endpoint(), "DBSIZE");
      } catch (IOException e) {
        report.complain(String.valueOf(e.getMessage()));
        return;
      }
      if (!(size.plain() instanceof Reply.Int count)) {
        report.line("Node " + node.endpoint() + " replied with error:\n" + size.asText());
        return;
      }
      keys += count.value();
      report.line(
          "%s (%s...) -> %d keys | %d slots | %d slaves."
              .formatted(
                  node.endpoint(),
                  node.id().substring(0, Math.min(8, node.id().length())),
                  count.value(),
                  node.self().slots().count(),
                  view.replicasOf(node.id()).size()));
    }
    report.ok("%d keys in %d masters.".formatted(keys, primaries.size()));
    report.line(
        String.format(Locale.ROOT, "%.2f keys per slot on average.", keys / (double) Slots.COUNT));
  }

  /**
   * Says what is to be said of the nodes and their slots.
   *
   * @param searchMultipleOwners whether to look for slots with keys on several primaries, which
   *     takes a question for every slot and primary
   * @return whether nothing is wrong
   */
  boolean slots(ClusterView view, boolean searchMultipleOwners) throws IOException {
    report.step("Performing Cluster Check (using node " + view.nodes().getFirst().endpoint() + ")");
    for (ClusterNode node : view.nodes()) {
      report.part(NodeRows.of(node, view));
    }
    boolean clean = view.agrees();
    if (clean) {
      report.ok("All nodes agree about slots configuration.");
    } else {
      report.error("Nodes don't agree about configuration!");
    }
    clean &= openSlots(view);
    report.step("Check slots coverage...");
    if (view.uncovered().isEmpty()) {
      report.ok("All 16384 slots covered.");
    } else {
      report.error("Not all 16384 slots are covered by nodes.\n");
      clean = false;
    }
    return clean & (!searchMultipleOwners || multipleOwners(view));
  }

  private boolean openSlots(ClusterView view) {
    report.step("Check for open slots...");
    for (ClusterNode node : view.nodes()) {
      openSlots(node, "migrating", node.self().migrating().keySet());
      openSlots(node, "importing", node.self().importing().keySet());
    }
    if (view.openSlots().isEmpty()) {
      return true;
    }
    report.wrong(
        "[WARNING] The following slots are open: " + joined(view.openSlots().keySet()) + ".");
    return false;
  }

  private void openSlots(ClusterNode node, String state, Iterable<Integer> slots) {
    String list = joined(slots);
    if (!list.isEmpty()) {
      report.wrong(
          "[WARNING] Node " + node.endpoint() + " has slots in " + state + " state " + list + ".");
    }
  }

  private static String joined(Iterable<Integer> slots) {
    List<String> numbers = new ArrayList<>();
    slots.forEach(slot -> numbers.add(slot.toString()));
    return String.join(",", numbers);
  }

  private boolean multipleOwners(ClusterView view) throws IOException {
    report.step("Check for multiple slot owners...");
    List<ClusterNode> primaries = view.primaries();
    boolean[][] holds = new boolean[primaries.size()][];
    for (int i = 0; i < primaries.size(); i++) {
      holds[i] = slotsHeld(primaries.get(i));
    }
    boolean clean = true;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      List<ClusterNode> owners = new ArrayList<>();
      for (int i = 0; i < primaries.size(); i++) {
        if (holds[i][slot] || primaries.get(i).self().slots().contains(slot)) {
          owners.add(primaries.get(i));
        }
      }
      if (owners.size() > 1) {
        clean = false;
        report.warning(
            "Slot %d has %d owners:\n%s"
                .formatted(
                    slot,
                    owners.size(),
                    owners.stream()
                        .map(owner -> "    " + owner.endpoint())
                        .collect(Collectors.joining("\n"))));
      }
    }
    if (clean) {
      report.ok("No multiple owners found.");
    }
    return clean;
  }

  /** In which slots a node holds keys, whoever serves them. */
  private boolean[] slotsHeld(ClusterNode node) throws IOException {
    var held = new boolean[Slots.COUNT];
    RespConnection link = links.to(node.endpoint());
    for (int from = 0; from < Slots.COUNT; from += BATCH) {
      List<Command> questions = new ArrayList<>(BATCH);
      for (int slot = from; slot < from + BATCH; slot++) {
        questions.add(Command.of("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)));
      }
      List<Reply> answers = link.pipeline(questions);
      for (int i = 0; i < BATCH; i++) {
        held[from + i] = answers.get(i).plain() instanceof Reply.Int count && count.value() > 0;
      }
    }
    return held;
  }
}
