package io.hashslot.bench.compare;

import picocli.CommandLine.Option;

/** What clients do, where that can be chosen. */
final class WorkloadOption {
  @Option(names = "--workload", description = "what clients do; default: ${DEFAULT-VALUE}")
  String workload = "set";
}
