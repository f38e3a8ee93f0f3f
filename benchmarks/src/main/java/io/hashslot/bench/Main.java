package io.hashslot.bench;

import io.hashslot.bench.compare.CompareCommand;
import io.hashslot.bench.load.LoadCommand;
import io.hashslot.bench.micro.MicroCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the benchmarks: one subcommand for each subject. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Measures Hashslot, alone and beside the C servers.",
    subcommands = {LoadCommand.class, CompareCommand.class, MicroCommand.class})
public final class Main {

  private Main() {}

  /** Runs the subject that the first argument names; the exit code is the subject's. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          String message = failure.getMessage();
          command.getErr().println(message == null ? failure.toString() : message);
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}
