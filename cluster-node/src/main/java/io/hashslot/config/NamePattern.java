package io.hashslot.config;

import java.util.regex.Pattern;

/** A glob over directive names: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]}, {@code \x}. */
final class NamePattern {
  private final Pattern pattern;

  NamePattern(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 1) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(group(glob.substring(i + 1, close)));
        i = close;
      } else {
        if (c == '\\' && i + 1 < glob.length()) c = glob.charAt(++i);
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String group(String inside) {
    boolean not = inside.startsWith("^");
    String members = not ? inside.substring(1) : inside;
    if (members.isEmpty()) return not ? "." : "(?!)";
    return (not ? "[^" : "[") + members.replaceAll("[\\[\\]\\\\&^]", "\\\\$0") + "]";
  }

  /** Whether the text has any wildcard. */
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
