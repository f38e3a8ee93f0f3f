package io.hashslot.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hashslot.time.Clock;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the load generator. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads one server and prints what it measured as JSON.",
      "Closed loop unless --rate is given. Exit code 1 if any reply was an error or wrong."
    })
public final class LoadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--host"},
      defaultValue = "127.0.0.1",
      description = "default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = {"-p", "--port"},
      defaultValue = "6379",
      description = "default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = {"-c", "--connections"},
      defaultValue = "50",
      description = "default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = {"-P", "--pipeline"},
      defaultValue = "1",
      description = "operations in flight on each connection; at most so many in the open loop")
  private int pipeline;

  @Option(
      names = {"-w", "--workload"},
      defaultValue = "get",
      completionCandidates = Workload.Names.class,
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private String workload = "get";

  @Option(
      names = "--keys",
      defaultValue = "1000000",
      description = "size of the key space, default: ${DEFAULT-VALUE}")
  private long keys;

  @Option(
      names = {"-d", "--value-size"},
      defaultValue = "16",
      description = "bytes, default: ${DEFAULT-VALUE}")
  private int valueSize;

  @Option(names = "--rate", defaultValue = "0", description = "operations per second: open loop")
  private double rate;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      description = "seconds, default: ${DEFAULT-VALUE}")
  private double warmupSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "measured, default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the keys drawn, default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--server-pid",
      defaultValue = "0",
      description = "measure this process's CPU time, too")
  private long serverPid;

  @Option(names = "--transport", defaultValue = "auto", description = "auto, uring or nio")
  private String transport = "auto";

  @Option(
      names = {"-o", "--output"},
      description = "write the JSON there instead of printing it")
  private @Nullable Path output;

  @Override
  public Integer call() throws Exception {
    LoadPlan plan;
    try {
      plan =
          new LoadPlan(
              host,
              port,
              connections,
              pipeline,
              workload,
              keys,
              valueSize,
              rate,
              Math.round(warmupSeconds * 1000),
              Math.round(seconds * 1000),
              seed,
              serverPid);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    LoadReport report = LoadGenerator.run(plan, Clock.system(), transport);
    String json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(json);
      out.flush();
    } else {
      Files.writeString(output, json + "\n");
    }
    return report.clean() ? 0 : 1;
  }
}
