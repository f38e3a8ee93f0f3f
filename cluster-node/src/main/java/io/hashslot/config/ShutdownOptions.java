package io.hashslot.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a signal shuts the server down; all false is the ordinary way.
 *
 * @param save write a snapshot even if no save point is set
 * @param nosave write none even if save points are set
 * @param now do not wait for replicas that lag behind
 * @param force go even if saving fails
 */
public record ShutdownOptions(boolean save, boolean nosave, boolean now, boolean force) {
  /** The ordinary way. */
  static final ShutdownOptions DEFAULT = new ShutdownOptions(false, false, false, false);

  /** The grammar: any of the words, or {@code default}. */
  static final class Form implements Structured.Form<ShutdownOptions> {
    @Override
    public String kind() {
      return "default, save, nosave, now, force";
    }

    @Override
    public ShutdownOptions parse(List<String> words, ShutdownOptions current, boolean adding)
        throws InvalidValueException {
      boolean save = false;
      boolean nosave = false;
      boolean now = false;
      boolean force = false;
      if (words.isEmpty()) throw unknown();
      for (String word : words) {
        switch (word.toLowerCase(Locale.ROOT)) {
          case "default" -> {}
          case "save" -> save = true;
          case "nosave" -> nosave = true;
          case "now" -> now = true;
          case "force" -> force = true;
          default -> throw unknown();
        }
      }
      if (save && nosave) {
        throw new InvalidValueException(
            "shutdown options SAVE and NOSAVE can't be used simultaneously");
      }
      return new ShutdownOptions(save, nosave, now, force);
    }

    private InvalidValueException unknown() {
      return new InvalidValueException("argument(s) must be one of the following: " + kind());
    }

    @Override
    public String format(ShutdownOptions options) {
      List<String> words = new ArrayList<>();
      if (options.save) words.add("save");
      if (options.nosave) words.add("nosave");
      if (options.now) words.add("now");
      if (options.force) words.add("force");
      return words.isEmpty() ? "default" : String.join(" ", words);
    }
  }
}
