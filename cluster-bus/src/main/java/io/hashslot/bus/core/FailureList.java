package io.hashslot.bus.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.bus.wire.ModuleBody;
import io.hashslot.bus.wire.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares that many nodes failed, in one frame. A FAIL frame names one node in more than two
 * thousand bytes, and goes to everybody: when a third of a thousand nodes fails, whoever counts the
 * votes would have to send half a gigabyte at once. Nodes of ours understand this list instead: the
 * payload of a frame for our module, forty bytes a name.
 */
public final class FailureList {
  /** More go into the next frame. */
  static final int MOST = 1_000;

  private static final int TYPE = 3;

  private FailureList() {}

  static byte[] payload(List<Node> failed) {
    var names = new StringBuilder(failed.size() * NodeId.LENGTH);
    for (Node node : failed) names.append(node.id.text());
    return names.toString().getBytes(US_ASCII);
  }

  static int type() {
    return TYPE;
  }

  /** Who failed, says this frame for a module; nobody if it is about something else. */
  public static List<NodeId> read(ModuleBody body) {
    if (body.moduleId() != Consents.MODULE_ID || body.moduleType() != TYPE) return List.of();
    var names = new String(body.payload(), US_ASCII);
    var failed = new ArrayList<NodeId>();
    for (int end = NodeId.LENGTH; end <= names.length(); end += NodeId.LENGTH) {
      String name = names.substring(end - NodeId.LENGTH, end);
      if (NodeId.isValid(name)) failed.add(new NodeId(name));
    }
    return failed;
  }
}
