package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "0:0:0:0:0:0:0:1, ::1",
    "::, ::",
    "FE80:0000::00ab, fe80::ab",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:2::3, 1:0:0:2::3",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::"
  })
  void shouldWriteAddressesInOneForm(String given, String normal) {
    assertThat(IpLiteral.isAddress(given)).isTrue();
    assertThat(IpLiteral.normal(given)).isEqualTo(normal);
  }

  @Test
  void shouldTakeNoNamesAndZones() {
    assertThat(IpLiteral.isAddress("localhost")).isFalse();
    assertThat(IpLiteral.isAddress("fe80::1%lo")).isFalse();
    assertThat(IpLiteral.isAddress("[::1]")).isFalse();
  }
}
