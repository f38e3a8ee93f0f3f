package io.hashslot.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that point to each other do so rightly. */
class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(#[^)]*)?\\)");
  private static final Path ROOT = SourceTree.root();

  private static List<Path> pages() throws Exception {
    List<Path> pages = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      int depth = folder.equals(ROOT) ? 1 : 5;
      try (Stream<Path> files = Files.walk(folder, depth)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  @Test
  void linksPointToFiles() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher links = LINK.matcher(Files.readString(page));
      while (links.find()) {
        if (!Files.exists(page.resolveSibling(links.group(1)))) {
          broken.add(ROOT.relativize(page) + " -> " + links.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheReadmeOrTheIndexOfItsFolder() throws Exception {
    List<String> texts = new ArrayList<>();
    for (Path page : pages()) texts.add(Files.readString(page));
    String all = String.join("\n", texts);
    List<String> lost = new ArrayList<>();
    for (Path page : pages()) {
      boolean linked =
          all.contains("/" + page.getFileName() + ")")
              || all.contains("(" + page.getFileName() + ")");
      if (!page.getParent().equals(ROOT) && !linked) lost.add(ROOT.relativize(page).toString());
    }
    assertThat(lost).as("no page links to them").isEmpty();
  }
}
