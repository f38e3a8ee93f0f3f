package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of the bus follows from that of the clients, unless it is named. */
class BusPortTest {
  @TempDir private Path folder;

  private Cluster open(String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--dir", folder.toString(), "--cluster-enabled", "yes"));
    all.addAll(List.of(options));
    return Cluster.open(Config.of(all.toArray(String[]::new)));
  }

  @Test
  void aPortTooHighForABusIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> open("--port", "55536"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The bus of the cluster would need port 65536, and there is none above 65535: choose a"
                + " port up to 55535, or name another one with cluster-port");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theHighestPortsAreFine() throws Exception {
    open("--port", "55535").close();
    open("--port", "65535", "--cluster-port", "1").close();
    assertThat(folder).isNotEmptyDirectory();
  }
}
