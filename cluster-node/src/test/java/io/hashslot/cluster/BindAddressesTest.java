package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BindAddressesTest {
  @Test
  void shouldTakeBothKindsOfAllAddressesTogether() {
    assertThat(BindAddresses.ofBus(List.of("*", "-::*"))).isEmpty();
    assertThat(BindAddresses.ofBus(List.of("*", "::*", "127.0.0.1"))).isEmpty();
  }

  @Test
  void shouldNotListenTwiceOnAnAddress() {
    assertThat(BindAddresses.ofBus(List.of("*", "10.0.0.1", "-::1")))
        .containsExactly("-::1", "0.0.0.0");
    assertThat(BindAddresses.ofBus(List.of("::*", "127.0.0.1"))).containsExactly("::");
  }

  @Test
  void shouldKeepSingleAddressesAsTheyAre() {
    assertThat(BindAddresses.ofBus(List.of("127.0.0.1", "-::1")))
        .containsExactly("127.0.0.1", "-::1");
  }
}
