package io.hashslot.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A directive that is one of a few words.
 *
 * @param <E> the words, one constant each: {@code VOLATILE_LRU} is written {@code volatile-lru}
 */
public final class Choice<E extends Enum<E>> extends Directive<E> {
  private final List<E> options;
  private final String[] texts;

  Choice(Row row, E defaultValue) {
    super(row, defaultValue);
    options = Arrays.asList(defaultValue.getDeclaringClass().getEnumConstants());
    texts = options.stream().map(Choice::text).toArray(String[]::new);
  }

  private static String text(Enum<?> option) {
    // The one word with an underscore of its own.
    if (option == Choices.IoTransport.IO_URING) return "io_uring";
    return option.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String kind() {
    return options.stream().map(this::format).collect(Collectors.joining(", "));
  }

  @Override
  E parse(List<String> words, E current, boolean fromFile) throws InvalidValueException {
    String word = only(words);
    for (E option : options) {
      if (format(option).equalsIgnoreCase(word)) return option;
    }
    throw new InvalidValueException("argument(s) must be one of the following: " + kind());
  }

  @Override
  String format(E value) {
    return texts[value.ordinal()];
  }
}
