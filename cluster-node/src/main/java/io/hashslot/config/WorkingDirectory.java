package io.hashslot.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of {@code dir}. A Java process cannot change its working directory, so the
 * configuration keeps the folder as an absolute path and whoever opens a file resolves its name
 * against it.
 */
final class WorkingDirectory implements Structured.Form<Path> {
  /** The folder in which the process was started. */
  static Path ofProcess() {
    return Path.of("").toAbsolutePath();
  }

  @Override
  public String kind() {
    return "an existing folder";
  }

  @Override
  public boolean multipleWords() {
    return false;
  }

  @Override
  public Path parse(List<String> words, Path current, boolean adding) throws InvalidValueException {
    Path folder;
    try {
      folder = current.resolve(Directive.only(words)).normalize();
    } catch (InvalidPathException _) {
      throw new InvalidValueException("No such file or directory");
    }
    if (!Files.exists(folder)) throw new InvalidValueException("No such file or directory");
    if (!Files.isDirectory(folder)) throw new InvalidValueException("Not a directory");
    if (!Files.isExecutable(folder)) throw new InvalidValueException("Permission denied");
    return folder;
  }

  @Override
  public String format(Path folder) {
    return folder.toString();
  }

  @Override
  public List<Directive.RewriteLine> lines(Path folder, Path defaultValue) {
    return List.of(new Directive.RewriteLine(Words.quote(folder.toString()), true));
  }
}
