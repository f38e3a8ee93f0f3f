package io.hashslot.command.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ClientListTest extends CommandTest {
  private static final String FIELDS =
      "id addr laddr fd name age idle flags db sub psub ssub multi watch qbuf qbuf-free argv-mem"
          + " multi-mem rbs rbp obl oll omem tot-mem events cmd user redir resp lib-name lib-ver"
          + " tot-net-in tot-net-out tot-cmds";

  private String line(String... words) {
    String reply = run(words).reply();
    return reply.substring(reply.indexOf('\n') + 1, reply.length() - 2);
  }

  @Test
  void shouldTellFieldsInTheOrderOfRedis() {
    String names = line("CLIENT", "LIST").strip().replaceAll("=[^ ]*", "");
    assertThat(names).isEqualTo(FIELDS);
  }

  @Test
  void shouldTellWhatTheClientHasSetUp() {
    run("SELECT", "3");
    run("CLIENT", "SETNAME", "me");
    run("CLIENT", "NO-EVICT", "ON");
    run("WATCH", "a", "b");
    run("SUBSCRIBE", "x");
    client.resp3();
    passMs(5_000);
    assertThat(line("CLIENT", "LIST"))
        .contains(" name=me ", " age=5 ", " flags=Pe ", " db=3 ", " sub=1 ", " watch=2 ")
        .contains(" cmd=client|list ", " resp=3 ");
  }

  @Test
  void shouldListEachClientInOrderOfIdsOrThoseThatAreAskedFor() {
    kit.client();
    kit.client();
    assertThat(line("CLIENT", "LIST").lines().map(line -> line.split(" ")[0]))
        .containsExactly("id=1", "id=2", "id=3");
    assertThat(line("CLIENT", "LIST", "ID", "3", "7", "1").lines().map(line -> line.split(" ")[0]))
        .containsExactly("id=3", "id=1");
  }

  @Test
  void shouldListClientsOfAType() {
    kit.client().run("SUBSCRIBE", "x");
    assertThat(line("CLIENT", "LIST", "TYPE", "pubsub"))
        .startsWith("id=2 ")
        .containsOnlyOnce("id=");
    run("CLIENT", "LIST", "TYPE", "replica").replies("$0", "");
  }

  @Test
  void shouldShowItselfByInfoAsByList() {
    assertThat(line("CLIENT", "INFO")).startsWith("id=1 ").contains(" cmd=client|info ");
  }
}
