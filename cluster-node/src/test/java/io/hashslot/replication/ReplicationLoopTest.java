package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplicationLoopTest {
  @Test
  void aServerThatEndsMayStillHearOfItsDisk() throws InterruptedException {
    var loop = new ReplicationLoop();
    var ran = new CountDownLatch(1);
    loop.executeIfOpen(ran::countDown);
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();

    loop.close();
    assertThatCode(() -> loop.executeIfOpen(ran::countDown)).doesNotThrowAnyException();
    assertThatThrownBy(() -> loop.execute(ran::countDown))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
