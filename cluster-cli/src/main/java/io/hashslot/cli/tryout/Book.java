package io.hashslot.cli.tryout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A book of ten thousand sentences, all different, made of the parts in {@code harbour.txt}: forty
 * chapters of 250 lines. The same line always has the same sentence.
 */
final class Book {
  static final int CHAPTERS = 40;
  static final int LINES_PER_CHAPTER = 250;
  static final int LINES = CHAPTERS * LINES_PER_CHAPTER;

  /**
   * Prime to the number of possible sentences, so that no two lines get the same one and neighbours
   * differ in all parts.
   */
  private static final long STRIDE = 76_543;

  /** What stands before each part. */
  private static final String[] SEPARATORS = {"", ", ", " ", " "};

  private final List<List<String>> sections;
  private final long sentences;

  private Book(List<List<String>> sections) {
    this.sections = sections;
    long count = 1;
    for (List<String> section : sections) {
      count *= section.size();
    }
    this.sentences = count;
  }

  /** Opens the book. */
  static Book open() throws IOException {
    List<List<String>> sections = new ArrayList<>();
    try (InputStream text = Book.class.getResourceAsStream("harbour.txt")) {
      if (text == null) {
        throw new IOException("harbour.txt is missing from the program");
      }
      for (String line : new String(text.readAllBytes(), UTF_8).split("\n", -1)) {
        if (line.startsWith("[")) {
          sections.add(new ArrayList<>());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          sections.getLast().add(line.strip());
        }
      }
    }
    return new Book(sections);
  }

  /** The key of a line, such as {@code book:chapter-7:line-23}. */
  static String key(int line) {
    return "book:chapter-%d:line-%d"
        .formatted(line / LINES_PER_CHAPTER + 1, line % LINES_PER_CHAPTER + 1);
  }

  /** The sentence of a line, 0 to {@link #LINES} - 1. */
  String sentence(int line) {
    long choice = line * STRIDE % sentences;
    var sentence = new StringBuilder();
    for (int i = 0; i < sections.size(); i++) {
      List<String> section = sections.get(i);
      sentence.append(SEPARATORS[i]).append(section.get((int) (choice % section.size())));
      choice /= section.size();
    }
    return sentence.toString();
  }
}
