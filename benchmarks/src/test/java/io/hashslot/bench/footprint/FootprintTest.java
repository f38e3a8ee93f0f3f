package io.hashslot.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {

  @Test
  void shouldReadTheResidentSize() {
    String status = "Name:\tjava\nVmPeak:\t  999 kB\nVmRSS:\t  65536 kB\nRssAnon:\t 1 kB\n";

    assertThat(ResidentMemory.parse(status)).isEqualTo(64L << 20);
    assertThat(ResidentMemory.parse("Name:\tgone\n")).isZero();
  }

  @Test
  void shouldReadTheResidentSizeOfThisProcess() {
    assertThat(ResidentMemory.ofTree(ProcessHandle.current().pid())).isGreaterThan(1 << 20);
  }

  @Test
  void shouldReadTheProportionalSize() {
    String rollup =
        "5600-7fff ---p 00000000 00:00 0  [rollup]\nRss:  9 kB\nPss:  2048 kB\nPss_Dirty:  7 kB\n";

    assertThat(ProportionalMemory.parse(rollup)).isEqualTo(2L << 20);
    assertThat(ProportionalMemory.parse("")).isZero();
  }

  @Test
  void shouldWatchTheMemoryOfThisProcess() {
    try (MemoryPeak peak = MemoryPeak.of(ProcessHandle.current().pid())) {
      assertThat(peak.beforeBytes()).isGreaterThan(1 << 20);
      assertThat(peak.addedBytes()).isNotNegative();
    }
  }

  @Test
  void shouldSumTheGenerationsOfTheSerialCollector() {
    JavaHeap heap =
        JavaHeap.parse(
            """
            123:
             DefNew     total 19648K, used 1234K [0x00000000f8000000, 0x00000000f9550000, 0x00000000fd550000)
              eden space 17472K,   7% used [0x00000000f8000000, 0x00000000f8134a18, 0x00000000f9110000)
             Tenured    total 43712K, used 2000K [0x00000000fd550000, 0x0000000100000000, 0x0000000100000000)
              the  space 43712K,   4% used [0x00000000fd550000, 0x00000000fd744000, 0x0000000100000000)
             Metaspace       used 100K, committed 320K, reserved 1114112K
            """);

    assertThat(heap.committedBytes()).isEqualTo((19648L + 43712) * 1024);
    assertThat(heap.usedBytes()).isEqualTo((1234L + 2000) * 1024);
  }

  @Test
  void shouldAskARunningJvm() throws Exception {
    JavaHeap heap = JavaHeap.ofTree(ProcessHandle.current().pid()).orElseThrow();

    assertThat(heap.committedBytes()).isGreaterThanOrEqualTo(heap.usedBytes()).isPositive();
    assertThat(heap.usedBytes()).isPositive();
  }

  @Test
  void shouldFindNoHeapInAProcessThatIsNoJvm() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(JavaHeap.ofTree(sleeper.pid())).isEmpty();
    } finally {
      sleeper.destroyForcibly();
    }
  }
}
