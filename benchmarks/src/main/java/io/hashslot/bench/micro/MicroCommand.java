package io.hashslot.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands the command line to JMH. */
@Command(
    name = "micro",
    description =
        "Runs the micro-benchmarks whose names contain a pattern; options are JMH's, -h tells"
            + " them.")
public final class MicroCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    org.openjdk.jmh.Main.main(arguments.toArray(new String[0]));
    return 0;
  }
}
