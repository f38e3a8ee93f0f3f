package io.hashslot.bus.file;

import static io.hashslot.bus.file.DurableStates.ME;
import static io.hashslot.bus.file.DurableStates.OTHER;
import static io.hashslot.bus.file.DurableStates.REPLICA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodesTextTest {
  private static final String A = ME.text();
  private static final String B = OTHER.text();
  private static final String VARS = "vars currentEpoch 3 lastVoteEpoch 2\n";
  private static final String MYSELF =
      A + " 127.0.0.1:7000@17000,,tls-port=0 myself,master - 0 0 1 connected 0-100\n";

  @Test
  void theTextIsThatOfValkey() {
    assertThat(NodesText.format(DurableStates.full()))
        .isEqualTo(
            """
            %s 10.0.0.1:7001@17001,one.example.com,client-ipv6=2001:db8::1,client-ipv4=1.2.3.4,\
            tls-port=7101,nodename=one,shard-id=%s myself,master - 0 0 7 connected \
            0-5460 5462 [77->-%2$s] [93->-%2$s] [6000-<-%2$s]
            %2$s 2001:db8::2:7002@17002,,tls-port=0,shard-id=%s master,fail - 1795333893123 \
            1795333890000 6 disconnected 5463-16383
            %s 10.0.0.3:7003@17003,,tls-port=0,shard-id=%5$s slave,nofailover %2$s 0 \
            1795333890001 0 connected
            vars currentEpoch 9 lastVoteEpoch 8
            """
                .replace("shard-id=%s myself", "shard-id=" + DurableStates.MY_SHARD + " myself")
                .replace("shard-id=%s master", "shard-id=" + DurableStates.OTHER_SHARD + " master")
                .replace("%5$s", DurableStates.OTHER_SHARD.text())
                .replace("%2$s", B)
                .replaceFirst("%s", A)
                .replaceFirst("%s", REPLICA.text()));
  }

  @Test
  void whatWasWrittenIsReadBack() throws CorruptNodesFileException {
    DurableState state = DurableStates.full();
    assertThat(parse(NodesText.format(state))).isEqualTo(state);
  }

  @Test
  void anyStateIsReadBack() throws CorruptNodesFileException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      DurableState state = DurableStates.random(random);
      assertThat(parse(NodesText.format(state))).as("seed %d", seed).isEqualTo(state);
    }
  }

  @Test
  void aDamagedFileIsRefusedAndNeverThrowsAnythingElse() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String text = NodesText.format(DurableStates.full());
    String material = " \n,:@=[]-<>9af" + text;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(damaged.length());
        char c = material.charAt(random.nextInt(material.length()));
        switch (random.nextInt(3)) {
          case 0 -> damaged.setCharAt(at, c);
          case 1 -> damaged.deleteCharAt(at);
          default -> damaged.insert(at, c);
        }
      }
      try {
        DurableState state = parse(damaged.toString());
        assertThat(parse(NodesText.format(state)).nodes()).hasSameSizeAs(state.nodes());
      } catch (CorruptNodesFileException e) {
        assertThat(e).hasMessageMatching("(?s)(line \\d+: |\\d+ nodes).*");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + "\n" + damaged, e);
      }
    }
  }

  /** As written by redis-server 7.0.15: no keys, and no comma without a hostname. */
  @Test
  void filesOfRedis7AreRead() throws CorruptNodesFileException {
    DurableState state =
        parse(
            A
                + " 127.0.0.1:21000@31000,my.host-1.example myself,master - 0 0 1 connected 0-100"
                + " 200 [50->-"
                + B
                + "]\n"
                + B
                + " 127.0.0.1:21001@31001 slave "
                + A
                + " 0 1795345356715 0 connected\n"
                + VARS);
    assertThat(state.currentEpoch()).isEqualTo(3);
    assertThat(state.lastVoteEpoch()).isEqualTo(2);
    NodeRecord me = state.nodes().get(0);
    assertThat(me.hostname()).isEqualTo("my.host-1.example");
    assertThat(me.port()).isEqualTo(21000);
    assertThat(me.tlsPort()).isZero();
    assertThat(me.slots()).hasToString("0-100 200");
    assertThat(me.migrating()).containsOnlyKeys(50).containsValue(OTHER);
    assertThat(me.shard()).isNull();
    assertThat(state.nodes().get(1).primary()).isEqualTo(ME);
  }

  @Test
  void inATlsClusterThePortOfRedis7IsTheTlsPort() throws CorruptNodesFileException {
    String text = A + " 127.0.0.1:7000@17000 myself,master - 0 0 1 connected\n";
    NodeRecord tls = NodesText.parse(text, true).nodes().getFirst();
    assertThat(tls.tlsPort()).isEqualTo(7000);
    assertThat(tls.port()).isZero();
    NodeRecord keyed = NodesText.parse(MYSELF, true).nodes().getFirst();
    assertThat(keyed.port()).isEqualTo(7000);
    assertThat(keyed.tlsPort()).isZero();
    NodeRecord both =
        NodesText.parse(MYSELF.replace("tls-port=0", "tcp-port=1"), false).nodes().getFirst();
    assertThat(both.port()).isEqualTo(1);
    assertThat(both.tlsPort()).isEqualTo(7000);
  }

  @Test
  void oldFormsAndLooseEndsAreTaken() throws CorruptNodesFileException {
    DurableState state =
        parse("\nvars future 1 currentEpoch 5\n\n" + MYSELF.replace("@17000", "") + "\n\n");
    assertThat(state.nodes().getFirst().busPort()).isEqualTo(17000);
    assertThat(state.currentEpoch()).isEqualTo(5);
    assertThat(state.lastVoteEpoch()).isZero();
    assertThat(parse(MYSELF).currentEpoch()).as("the greatest config epoch").isEqualTo(1);
    NodeRecord replica = parse(MYSELF.replace("master -", "slave " + B)).nodes().getFirst();
    assertThat(replica.configEpoch()).as("of a replica").isZero();
  }

  @Test
  void aNodeThatIsOnlyMentionedHasNoAddress() throws CorruptNodesFileException {
    DurableState state = parse(MYSELF.replace("master -", "slave " + B));
    assertThat(state.nodes()).hasSize(2);
    assertThat(state.nodes().get(1).id()).isEqualTo(OTHER);
    assertThat(state.nodes().get(1).flags()).isEqualTo(NodeFlags.NOADDR);
  }

  @Test
  void aReplicaIsInTheShardOfItsPrimary() throws CorruptNodesFileException {
    String other = B + " 127.0.0.1:7001@17001,,shard-id=" + "a".repeat(40) + " ";
    String replica = other + "slave " + A + " 0 0 0 connected\n";
    String shard = "b".repeat(40);
    DurableState mended =
        parse(replica + MYSELF.replace("tls-port=0", "tls-port=0,shard-id=" + shard));
    assertThat(mended.nodes()).allSatisfy(n -> assertThat(n.shard()).hasToString(shard));
    assertThat(parse(replica + MYSELF).nodes().getFirst().shard()).hasToString("a".repeat(40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "myself,master | master",
        "myself,master | myself,boss",
        "myself,master | myself,",
        "connected 0-100 | ",
        "0-100 | 0-16384",
        "0-100 | 100-0",
        "0-100 | x",
        "0-100 | [5->-2222]",
        "0-100 | [5]",
        "0-100 | [5-",
        "0-100 | [99999->-2222222222222222222222222222222222222222]",
        "0-100 | [5-->2222222222222222222222222222222222222222]",
        "tls-port=0 | unknown=1",
        "tls-port=0 | tls-port=",
        "tls-port=0 | tls-port",
        "tls-port=0 | tls-port=65536",
        "tls-port=0 | nodename=a=b",
        "tls-port=0 | nodename=a{b}",
        "tls-port=0 | shard-id=abc",
        "127.0.0.1:7000@17000 | 127.0.0.1",
        "127.0.0.1:7000@17000 | 127.0.0.1:x@17000",
        "127.0.0.1:7000@17000 | 127.0.0.1:7000@",
        "- 0 0 1 | 22 0 0 1",
        "- 0 0 1 | - 0 0 -1",
        "- 0 0 1 | - +0 0 1",
        "11111111 | AAAAAAAA",
      })
  void otherLinesAreRefused(String part, String replacement) {
    String text = MYSELF.replaceFirst(part, replacement == null ? "" : replacement) + VARS;
    assertThatThrownBy(() -> parse(text)).isInstanceOf(CorruptNodesFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vars currentEpoch\n", "vars currentEpoch x\n", "vars a 1 b\n"})
  void otherVariablesAreRefused(String line) {
    assertThatThrownBy(() -> parse(MYSELF + line)).isInstanceOf(CorruptNodesFileException.class);
  }

  @Test
  void thereIsExactlyOneMyself() {
    assertThatThrownBy(() -> parse(VARS)).hasMessage("0 nodes are marked as myself");
    assertThatThrownBy(() -> parse(MYSELF + MYSELF.replace(A, B)))
        .hasMessage("2 nodes are marked as myself");
    assertThatThrownBy(() -> parse(MYSELF + MYSELF)).hasMessageContaining("has a line already");
  }

  private static DurableState parse(String text) throws CorruptNodesFileException {
    return NodesText.parse(text, false);
  }
}
