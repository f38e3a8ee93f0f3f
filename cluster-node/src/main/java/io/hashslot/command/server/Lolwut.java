package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;

/** LOLWUT [VERSION version] [seed] */
final class Lolwut {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 12;
  private static final String SHADES = " .:-=+*#";

  private final String version;

  Lolwut(String version) {
    this.version = version;
  }

  void execute(Context ctx, Args args) {
    boolean chosen = args.count() >= 3 && args.is(1, "VERSION");
    if (chosen) {
      args.integer(2);
    }
    int at = chosen ? 3 : 1;
    String seed = at < args.count() ? args.text(at) : Long.toString(ctx.nowMs());
    String text = hills(seed) + "\nHashslot, compatible with Redis ver. " + version + '\n';
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Three ranges of hills, one behind the other; hash slots are their heights. */
  private static String hills(String seed) {
    var picture = new StringBuilder();
    for (int y = HEIGHT; y > 0; y--) {
      for (int x = 0; x < WIDTH; x++) {
        int shade = 0;
        for (int range = 1; range <= 3; range++) {
          if (height(seed, range, x) * (4 - range) / 3 >= y) {
            shade = 2 * range + (x + y & 1);
          }
        }
        picture.append(SHADES.charAt(shade));
      }
      picture.append('\n');
    }
    return picture.toString();
  }

  private static int height(String seed, int range, int x) {
    int step = 4 * range;
    int left = peak(seed, range, x / step);
    int right = peak(seed, range, x / step + 1);
    return left + (right - left) * (x % step) / step;
  }

  private static int peak(String seed, int range, int index) {
    String name = seed + '/' + range + '/' + index;
    return 1 + Slots.of(name.getBytes(StandardCharsets.ISO_8859_1)) * HEIGHT / Slots.COUNT;
  }
}
