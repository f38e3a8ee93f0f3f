package io.hashslot.config;

import java.util.List;

/**
 * A line of the configuration.
 *
 * @param source where it stands: a file's name, or what else was read
 * @param number its number there, from 1
 * @param text as it was written, without spaces around
 * @param words the words it is made of; the first is the directive's name as written
 */
public record ConfigLine(String source, int number, String text, List<String> words) {

  /** The error that stops the server because of this line. */
  public ConfigFileException error(String complaint) {
    return new ConfigFileException(
        "\n*** FATAL CONFIG FILE ERROR (Hashslot) ***\nReading the configuration %s, at line %d\n>>> '%s'\n%s"
            .formatted(source, number, text, complaint));
  }
}
