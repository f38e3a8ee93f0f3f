package io.hashslot.differential;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What of a reply must be the same on both servers. */
enum Normal {
  /** Every byte. */
  EXACT {
    @Override
    String of(RawReply reply, long nowMs) {
      return reply.text();
    }
  },
  /** The elements, in whatever order. */
  ANY_ORDER {
    @Override
    String of(RawReply reply, long nowMs) {
      return reply.head()
          + reply.items().stream()
              .map(RawReply::text)
              .sorted()
              .collect(Collectors.joining("", "\n", ""));
    }
  },
  /** Pairs, nested or one after the other, in whatever order: fields and values of a hash. */
  PAIRS {
    @Override
    String of(RawReply reply, long nowMs) {
      if (reply.type() == '-') {
        return reply.text();
      }
      List<RawReply> items = reply.items();
      if (!items.isEmpty() && !items.getFirst().items().isEmpty()) {
        return ANY_ORDER.of(reply, nowMs);
      }
      return reply.head()
          + IntStream.range(0, items.size() / 2)
              .mapToObj(i -> items.get(2 * i).text() + items.get(2 * i + 1).text())
              .sorted()
              .collect(Collectors.joining("", "\n", ""));
    }
  },
  /** The type and the number of elements, which are chosen at random; errors in full. */
  SIZE {
    @Override
    String of(RawReply reply, long nowMs) {
      boolean one = reply.type() == '$' && !reply.head().equals("$-1");
      return one ? "$" : reply.head();
    }
  },
  /** The type; errors in full. */
  KIND {
    @Override
    String of(RawReply reply, long nowMs) {
      boolean missing = reply.head().equals("$-1");
      return reply.type() == '-' || missing ? reply.text() : "" + reply.type();
    }
  },
  /** A page of SCAN: a cursor and keys; which and how many is up to the server. */
  PAGE {
    @Override
    String of(RawReply reply, long nowMs) {
      if (reply.type() == '-') {
        return reply.text();
      }
      return reply.head() + reply.items().get(0).type() + reply.items().get(1).type();
    }
  },
  /** All of SCAN in one page, keys in whatever order. */
  WHOLE_SCAN {
    @Override
    String of(RawReply reply, long nowMs) {
      if (reply.type() == '-') {
        return reply.text();
      }
      return reply.items().get(0).text() + ANY_ORDER.of(reply.items().get(1), nowMs);
    }
  },
  /** What is told of streams, but for times and the nodes of an index, which is of another kind. */
  STREAM_FACTS {
    @Override
    String of(RawReply reply, long nowMs) {
      List<RawReply> items = reply.items();
      if (items.isEmpty()) {
        boolean time = reply.type() == ':' && reply.integer() > TIME_STEP_MS;
        return time ? "time\n" : reply.text();
      }
      StringBuilder text = new StringBuilder(reply.head()).append('\n');
      // The third of four is how long ago an entry was delivered.
      boolean delivery = items.size() == 4 && items.get(2).type() == ':';
      String label = "";
      for (int i = 0; i < items.size(); i++) {
        RawReply item = items.get(i);
        boolean differs = delivery && i == 2 || label.equals("idle");
        if (differs || label.equals("inactive") || label.equals("radix-tree-nodes")) {
          text.append(item.head().startsWith(":-") ? "none\n" : "some\n");
        } else {
          text.append(of(item, nowMs));
        }
        label = item.body();
      }
      return text.toString();
    }
  },
  /**
   * The payload of DUMP: the type of the value. Compression is up to the server, and so is the
   * version: the older one has no listpacks of sets, and less in streams.
   */
  PAYLOAD {
    @Override
    String of(RawReply reply, long nowMs) {
      if (reply.body().isEmpty()) {
        return reply.text();
      }
      int type = reply.body().charAt(0);
      return "type "
          + switch (type) {
            case 20 -> 2;
            case 21 -> 19;
            default -> type;
          };
    }
  },
  SECONDS_LEFT {
    @Override
    String of(RawReply reply, long nowMs) {
      return time(reply, 1000, 0);
    }
  },
  MILLIS_LEFT {
    @Override
    String of(RawReply reply, long nowMs) {
      return time(reply, 1, 0);
    }
  },
  SECONDS_AT {
    @Override
    String of(RawReply reply, long nowMs) {
      return time(reply, 1000, nowMs);
    }
  },
  MILLIS_AT {
    @Override
    String of(RawReply reply, long nowMs) {
      return time(reply, 1, nowMs);
    }
  };

  /** Times in streams are multiples of this, so that what passes meanwhile does not matter. */
  static final long TIME_STEP_MS = 100_000_000;

  abstract String of(RawReply reply, long nowMs);

  private static String time(RawReply reply, long unitMs, long fromMs) {
    if (reply.type() != ':' || reply.integer() < 0) {
      return reply.text();
    }
    long ms = reply.integer() * unitMs - fromMs;
    return "in " + Math.floorDiv(ms + TIME_STEP_MS / 2, TIME_STEP_MS) + " steps";
  }
}
