package io.hashslot.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Brings the replies to a stream into a form that must be the same on both servers. */
final class Comparison {
  private final long nowMs;
  private final Deque<Normal> queued = new ArrayDeque<>();

  Comparison(long nowMs) {
    this.nowMs = nowMs;
  }

  /** Returns one line for each step: what was asked, and the reply in its normal form. */
  List<String> lines(List<Step> steps, List<RawReply> replies) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      lines.add(steps.get(i) + " -> " + normal(steps.get(i), replies.get(i)));
    }
    return lines;
  }

  private String normal(Step step, RawReply reply) {
    if (reply.head().equals("+QUEUED")) {
      queued.add(step.normal());
      return reply.text();
    }
    switch (step.command()) {
      case "MULTI", "DISCARD" -> {
        if (reply.type() != '-') {
          queued.clear();
        }
      }
      case "EXEC" -> {
        return executed(reply);
      }
      default -> {}
    }
    return step.normal().of(reply, nowMs);
  }

  private String executed(RawReply reply) {
    StringBuilder text = new StringBuilder(reply.head()).append('\n');
    for (RawReply item : reply.items()) {
      text.append(queued.remove().of(item, nowMs));
    }
    queued.clear();
    return text.toString();
  }
}
