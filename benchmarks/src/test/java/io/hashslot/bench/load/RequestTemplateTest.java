package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {

  private static String written(RequestKind kind, int valueSize, long key) {
    RequestTemplate template = RequestTemplate.of(kind, valueSize);
    NativeBuffer memory = NativeBuffer.allocate(template.length());
    template.write(memory.address(), key);
    return NativeBuffer.text(memory.address(), template.length());
  }

  @Test
  void shouldPatchTheKeyOfGet() {
    assertThat(written(RequestKind.GET, 16, 1234))
        .isEqualTo("*2\r\n$3\r\nGET\r\n$16\r\nkey:000000001234\r\n");
  }

  @Test
  void shouldWriteAValueThatFollowsFromTheKey() {
    assertThat(written(RequestKind.SET, 16, 987_654_321_098L))
        .isEqualTo("*3\r\n$3\r\nSET\r\n$16\r\nkey:987654321098\r\n$16\r\n987654321098xxxx\r\n");
  }

  @Test
  void shouldWriteFillerIntoValuesTooShortForTheKey() {
    assertThat(written(RequestKind.SET, 3, 7))
        .isEqualTo("*3\r\n$3\r\nSET\r\n$16\r\nkey:000000000007\r\n$3\r\nxxx\r\n");
    assertThat(written(RequestKind.SET, 0, 7)).endsWith("$0\r\n\r\n");
  }

  @Test
  void shouldCountInANameSpaceOfItsOwn() {
    assertThat(written(RequestKind.INCR, 16, 5))
        .isEqualTo("*2\r\n$4\r\nINCR\r\n$16\r\ncnt:000000000005\r\n");
  }

  @Test
  void shouldAwaitAReplicaAfterSet() {
    assertThat(written(RequestKind.WAITSET, 16, 0))
        .startsWith("*3\r\n$3\r\nSET\r\n")
        .endsWith("000000000000xxxx\r\n*3\r\n$4\r\nWAIT\r\n$1\r\n1\r\n$4\r\n1000\r\n");
  }

  @Test
  void shouldSpreadFieldsOverHashesOfTen() {
    assertThat(written(RequestKind.HSET, 12, 1234))
        .isEqualTo(
            "*4\r\n$4\r\nHSET\r\n$16\r\nhsh:000000000123\r\n$16\r\nfld:000000000004\r\n"
                + "$12\r\n000000001234\r\n");
    assertThat(written(RequestKind.HGET_ONE, 12, 1234))
        .isEqualTo("*3\r\n$4\r\nHGET\r\n$4\r\nhash\r\n$16\r\nfld:000000001234\r\n");
  }

  @Test
  void shouldSpreadMembersOverSetsOfAThousand() {
    assertThat(written(RequestKind.SADD, 16, 1_234_567))
        .isEqualTo("*3\r\n$4\r\nSADD\r\n$16\r\nset:000000001234\r\n$16\r\nmbr:000000000567\r\n");
    assertThat(written(RequestKind.SADD_INT, 16, 1_234_567))
        .endsWith("$16\r\nnrs:000000001234\r\n$13\r\n1000000000567\r\n");
  }

  @Test
  void shouldLetOneEndOfAListTakeAndTheOtherGive() {
    assertThat(written(RequestKind.QUEUE, 12, 12_345))
        .isEqualTo(
            "*3\r\n$5\r\nRPUSH\r\n$16\r\nlst:000000000012\r\n$12\r\n000000012345\r\n"
                + "*2\r\n$4\r\nLPOP\r\n$16\r\nlst:000000000012\r\n");
  }

  @Test
  void shouldSendPingAsItIs() {
    assertThat(written(RequestKind.PING, 16, 5)).isEqualTo("*1\r\n$4\r\nPING\r\n");
  }

  @Property
  void shouldWriteTwelveDigitsOfAnyNumber(
      @ForAll @LongRange(min = 0, max = Digits.LIMIT - 1) long number) {
    NativeBuffer memory = NativeBuffer.allocate(Digits.LENGTH);

    Digits.put(memory.address(), number);

    assertThat(NativeBuffer.text(memory.address(), Digits.LENGTH))
        .isEqualTo(String.format("%012d", number));
    assertThat(Digits.matches(memory.address(), number)).isTrue();
    assertThat(Digits.matches(memory.address(), (number + 1) % Digits.LIMIT)).isFalse();
  }

  @Test
  void shouldSpreadMembersOverSortedSetsOf128() {
    assertThat(written(RequestKind.ZADD, 12, 1234))
        .isEqualTo(
            "*4\r\n$4\r\nZADD\r\n$16\r\nzst:000000000009\r\n$12\r\n000000000082\r\n"
                + "$16\r\nmbr:000000001234\r\n");
  }
}
