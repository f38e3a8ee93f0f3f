package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XaddTest extends CommandTest {
  @Test
  void shouldGiveIdsByTheClockAndRepeatThem() {
    String now = inMs(0);
    run("XADD", "s", "*", "f", "v")
        .repliesBulk(now + "-0")
        .propagates("XADD s " + now + "-0 f v")
        .fires("new:s", "xadd:s");
    run("XADD", "s", "*", "f", "v").repliesBulk(now + "-1");
    passMs(5);
    run("XADD", "s", "*", "f", "v").repliesBulk(inMs(5) + "-0");
    run("XADD", "s", "9000000000000-18446744073709551615", "f", "v");
    run("XADD", "s", "*", "f", "v").repliesBulk("9000000000001-0");
  }

  @Test
  void shouldFindTheSequenceWithinAMillisecond() {
    run("XADD", "s", "0-*", "f", "v").repliesBulk("0-1");
    run("XADD", "s", "5-*", "f", "v").repliesBulk("5-0").propagates("XADD s 5-0 f v");
    run("XADD", "s", "5-*", "f", "v").repliesBulk("5-1");
    run("XADD", "s", "3-*", "f", "v").fails("ERR The ID specified in XADD is equal or smaller");
  }

  @Test
  void shouldOnlyTakeGrowingIds() {
    run("XADD", "s", "1-1", "f", "v").repliesBulk("1-1").propagates("XADD s 1-1 f v");
    run("XADD", "s", "1-1", "f", "v")
        .fails("ERR The ID specified in XADD is equal or smaller than the target stream top item")
        .propagatesNothing()
        .firesNothing();
    run("XADD", "t", "0-0", "f", "v")
        .fails("ERR The ID specified in XADD must be greater than 0-0");
    run("EXISTS", "t").replies(":0");
    run("XADD", "s", "x", "f", "v").fails("ERR Invalid stream ID specified");
    run("XADD", "s", "18446744073709551615-18446744073709551615", "f", "v");
    run("XADD", "s", "*", "f", "v").fails("ERR The stream has exhausted the last possible ID");
  }

  @Test
  void shouldTakeIdsInEveryFormThatTheCServersTake() {
    run("XADD", "s", " 1-+1", "f", "v").repliesBulk("1-1");
    run("XADD", "s", "007", "f", "v").repliesBulk("7-0");
    run("XADD", "s", "8-1-1", "f", "v").fails("ERR Invalid stream ID");
    run("XADD", "s", "18446744073709551616", "f", "v").fails("ERR Invalid stream ID");
    run("XADD", "s", "1".repeat(128), "f", "v").fails("ERR Invalid stream ID");
  }

  @Test
  void shouldMakeNoStreamIfToldNotTo() {
    run("XADD", "s", "NOMKSTREAM", "1-1", "f", "v").replies("$-1").propagatesNothing();
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "NOMKSTREAM", "2-1", "f", "v")
        .repliesBulk("2-1")
        .propagates("XADD s NOMKSTREAM 2-1 f v");
  }

  @Test
  void shouldTrimAndRepeatExactlyWhatWasTrimmed() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "v");
    run("XADD", "s", "MAXLEN", "2", "3-1", "f", "v")
        .propagates("XADD s MAXLEN 2 3-1 f v")
        .fires("xadd:s", "xtrim:s");
    run("XADD", "s", "MAXLEN", "~", "1", "4-*", "f", "v")
        .propagates("XADD s MAXLEN = 3 4-0 f v")
        .fires("xadd:s");
    run("XADD", "s", "MINID", "~", "3", "LIMIT", "10", "5-1", "f", "v")
        .propagates("XADD s MINID = 2-1 LIMIT 10 5-1 f v");
    run("XLEN", "s").replies(":4");
  }

  @Test
  void shouldRefuseOptionsThatContradictEachOther() {
    run("XADD", "s", "MAXLEN", "1", "MINID", "1", "*", "f", "v")
        .fails("ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    run("XADD", "s", "MAXLEN", "-1", "*", "f", "v").fails("ERR The MAXLEN argument must be >= 0.");
    run("XADD", "s", "MAXLEN", "1", "LIMIT", "1", "*", "f", "v")
        .fails("ERR syntax error, LIMIT cannot be used without the special ~ option");
    run("XADD", "s", "LIMIT", "1", "*", "f", "v")
        .fails("ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    run("XADD", "s", "*", "f", "v", "odd")
        .fails("ERR wrong number of arguments for 'xadd' command");
    run("EXISTS", "s").replies(":0");
  }

  @Test
  void shouldLetAReplicaTrimExactlyWithinALimit() {
    client.asPrimary();
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "MAXLEN", "=", "1", "LIMIT", "100", "2-1", "f", "v").repliesNothing();
    kit.client().run("XLEN", "s").replies(":1");
  }

  @Test
  void shouldRefuseOtherKinds() {
    run("SET", "k", "v");
    run("XADD", "k", "*", "f", "v").fails("WRONGTYPE").propagatesNothing();
  }
}
