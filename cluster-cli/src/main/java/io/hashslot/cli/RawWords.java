package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The program's arguments as the bytes that were typed. Java decodes them by the locale and loses
 * what does not fit; under the locale {@code C} that is everything beyond ASCII. Linux keeps the
 * originals in {@code /proc/self/cmdline}: the last ones there are ours.
 */
final class RawWords {
  private RawWords() {}

  /** The bytes of {@code arguments}. Where the system does not keep them, their UTF-8 form. */
  static List<byte[]> of(String[] arguments) {
    if (Arrays.stream(arguments).anyMatch(word -> !isAscii(word))) {
      try {
        List<byte[]> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
        if (all.size() >= arguments.length) {
          return all.subList(all.size() - arguments.length, all.size());
        }
      } catch (IOException _) {
        // No such file on this system: what Java decoded must do.
      }
    }
    return Arrays.stream(arguments).map(word -> word.getBytes(UTF_8)).toList();
  }

  /** Divides at zero bytes, each of which ends a word. */
  static List<byte[]> split(byte[] bytes) {
    List<byte[]> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        words.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isAscii(String word) {
    return word.chars().allMatch(c -> c < 128);
  }
}
