package io.hashslot.bench.compare;

import picocli.CommandLine.Option;

/** The options of every mode that tell how the servers are loaded. */
final class LoadSettings {

  @Option(
      names = {"-c", "--connections"},
      defaultValue = "50",
      description = "default: ${DEFAULT-VALUE}")
  int connections = 50;

  @Option(
      names = {"-d", "--value-size"},
      defaultValue = "16",
      description = "bytes, default: ${DEFAULT-VALUE}")
  int valueSize = 16;

  @Option(
      names = "--transport",
      defaultValue = "auto",
      description = "of the generator: auto, uring or nio")
  String transport = "auto";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the keys drawn, default: ${DEFAULT-VALUE}")
  private long seed = 1;

  /** Size of the key space; each mode has its own default. */
  long keys = 1_000_000;

  /** Returns a seed that no earlier run had. */
  long nextSeed() {
    return seed++;
  }
}
