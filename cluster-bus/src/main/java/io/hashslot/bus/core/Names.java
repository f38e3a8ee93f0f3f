package io.hashslot.bus.core;

/**
 * What a node lets itself be called and where it says it runs, each empty if it told nothing.
 * Frames carry the whole set every time, so what is missing in a frame is gone.
 */
record Names(String hostname, String nodename, String clientIpv4, String clientIpv6, String zone) {
  static final Names NONE = new Names("", "", "", "", "");
}
