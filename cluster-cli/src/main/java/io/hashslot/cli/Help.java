package io.hashslot.cli;

/** What {@code --help} prints, made from the table of options. */
final class Help {
  private Help() {}

  static String text() {
    var text =
        new StringBuilder(
            """
            cluster-cli 0.1.0

            Usage: cluster-cli [OPTIONS] [COMMAND [ARGUMENT...]]
                   cluster-cli [OPTIONS] --cluster COMMAND [ARGUMENT...] [OPTIONS]

            Without a command, lines are read from the terminal or from standard input.

            """);
    for (Option option : Option.values()) {
      text.append(option.helpLine());
    }
    return text.append(
            """

            Environment: REDISCLI_AUTH (password), REDISCLI_HISTFILE, REDISCLI_RCFILE, REDISCLI_CLUSTER_YES=1.

            Examples:
              cluster-cli -c -p 7000 SET greeting hello
              cluster-cli -p 7000 -r 5 -i 0.5 PING
              cluster-cli -x SET page < page.html
              cluster-cli --cluster create 127.0.0.1:7000 127.0.0.1:7001 127.0.0.1:7002
            """)
        .toString();
  }
}
