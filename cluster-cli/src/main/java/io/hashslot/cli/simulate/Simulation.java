package io.hashslot.cli.simulate;

import io.hashslot.cli.Arguments;
import io.hashslot.cli.Option;
import io.hashslot.cli.Surroundings;
import io.hashslot.cli.UsageException;
import io.hashslot.cli.view.NodeLinks;
import io.hashslot.cli.view.ViewLoader;
import io.hashslot.resp.client.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sub-command {@code --cluster simulate}. */
public final class Simulation {
  private final Arguments arguments;
  private final Surroundings surroundings;
  private final NodeLinks links;

  /** Prepares to work. */
  public Simulation(Arguments arguments, Surroundings surroundings, NodeLinks links) {
    this.arguments = arguments;
    this.surroundings = surroundings;
    this.links = links;
  }

  /**
   * Answers the question of the command line.
   *
   * @return the exit status
   * @throws UsageException if it cannot be understood
   * @throws IOException if the live cluster does not answer or the script cannot be read
   */
  public int run() throws UsageException, IOException {
    Question question = Question.of(arguments, live());
    List<Findings> findings = new ArrayList<>();
    for (int i = 0; i < question.histories(); i++) {
      findings.add(History.of(question, question.firstSeed() + i));
    }
    surroundings.print(
        arguments.has(Option.JSON)
            ? JsonReport.of(question, findings)
            : TextReport.of(question, findings));
    return 0;
  }

  private @Nullable Layout live() throws UsageException, IOException {
    String from = arguments.text(Option.FROM);
    if (from == null) {
      return null;
    }
    try {
      Endpoint endpoint = Endpoint.parse(from);
      return LiveLayout.of(new ViewLoader(links, surroundings::complain).node(endpoint).seen());
    } catch (IllegalArgumentException _) {
      throw new UsageException("[ERR] Invalid address: " + from);
    }
  }
}
