package io.hashslot.config;

/** The text form of IPv6 addresses, without asking the resolver. */
final class Ipv6 {
  private static final int GROUPS = 8;

  private Ipv6() {}

  /** Whether the text is an IPv6 address; a zone is not allowed. */
  static boolean valid(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) return groups(text) == GROUPS;
    if (text.indexOf("::", gap + 1) >= 0) return false;
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest);
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  /** How many 16-bit groups stand between colons, or -1; an IPv4 tail counts as two. */
  private static int groups(String text) {
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean tail = i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      if (tail && Names.ipv4(parts[i]) == null) {
        count += 2;
      } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
        count++;
      } else {
        return -1;
      }
    }
    return count;
  }
}
