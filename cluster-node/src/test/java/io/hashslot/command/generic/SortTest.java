package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SortTest extends CommandTest {
  private static String[] bulks(String... elements) {
    String[] lines = new String[1 + 2 * elements.length];
    lines[0] = "*" + elements.length;
    for (int i = 0; i < elements.length; i++) {
      lines[1 + 2 * i] = "$" + elements[i].length();
      lines[2 + 2 * i] = elements[i];
    }
    return lines;
  }

  @Test
  void shouldSortByNumberOrAsText() {
    run("RPUSH", "l", "10", "9", "1.5", "-3");
    run("SORT", "l").replies(bulks("-3", "1.5", "9", "10"));
    run("SORT", "l", "DESC").replies(bulks("10", "9", "1.5", "-3"));
    run("SORT", "l", "ALPHA").replies(bulks("-3", "1.5", "10", "9"));
    run("RPUSH", "l", "x");
    run("SORT", "l").fails("ERR One or more scores can't be converted into double");
    run("SORT", "missing").replies("*0");
    run("SET", "s", "v");
    run("SORT", "s").fails("WRONGTYPE");
  }

  @Test
  void shouldReplyWithThePartThatIsWanted() {
    run("SADD", "s", "3", "1", "2", "5", "4");
    run("SORT", "s", "LIMIT", "1", "2").replies(bulks("2", "3"));
    run("SORT", "s", "LIMIT", "-1", "2").replies(bulks("1", "2"));
    run("SORT", "s", "LIMIT", "3", "-1").replies(bulks("4", "5"));
    run("SORT", "s", "LIMIT", "9", "9").replies("*0");
    run("SORT", "s", "LIMIT", "1", "0").replies("*0");
    run("SORT", "s", "LIMIT", "1").fails("ERR syntax error");
    run("SORT", "s", "LIMIT", "x", "1").fails("ERR value is not an integer or out of range");
  }

  @Test
  void shouldWeighElementsByOtherKeys() {
    run("RPUSH", "l", "a", "b", "c", "d");
    run("MSET", "w_a", "3", "w_b", "2", "w_c", "-1");
    run("SORT", "l", "BY", "w_*").replies(bulks("c", "d", "b", "a"));
    run("HSET", "h_a", "f", "1", "g", "9");
    run("HSET", "h_b", "f", "0");
    run("SORT", "l", "BY", "h_*->f", "DESC").replies(bulks("a", "d", "c", "b"));
    run("SORT", "l", "BY", "w_*", "ALPHA", "LIMIT", "0", "3").replies(bulks("d", "c", "b"));
    run("SORT", "l", "BY", "w_*", "GET", "#", "GET", "w_*", "LIMIT", "1", "2")
        .replies("*4", "$1", "d", "$-1", "$1", "b", "$1", "2");
    run("SORT", "l", "BY", "x", "GET", "h_*->g", "GET", "h_*")
        .replies("*8", "$1", "9", "$-1", "$-1", "$-1", "$-1", "$-1", "$-1", "$-1");
    run("SET", "w_d", "heavy");
    run("SORT", "l", "BY", "w_*").fails("ERR One or more scores can't be converted into double");
  }

  @Test
  void shouldKeepTheOrderOfValuesThatHaveOne() {
    run("RPUSH", "l", "c", "a", "b");
    run("SORT", "l", "BY", "nosort").replies(bulks("c", "a", "b"));
    run("SORT", "l", "BY", "nosort", "DESC", "LIMIT", "0", "2").replies(bulks("b", "a"));
    run("ZADD", "z", "1", "c", "2", "b", "3", "a");
    run("SORT", "z", "BY", "nosort").replies(bulks("c", "b", "a"));
    run("SORT", "z", "BY", "nosort", "DESC", "LIMIT", "1", "2").replies(bulks("b", "c"));
    run("SORT", "z", "ALPHA").replies(bulks("a", "b", "c"));
  }

  @Test
  void shouldStoreAListInPlaceOfWhateverWasThere() {
    run("SADD", "s", "3", "1", "2");
    run("SORT", "s", "STORE", "d")
        .replies(":3")
        .propagates("SORT s STORE d")
        .fires("new:d", "sortstore:d");
    run("LRANGE", "d", "0", "-1").replies(bulks("1", "2", "3"));
    run("SET", "d", "v", "EX", "100");
    run("SORT", "s", "BY", "nosort", "GET", "x*", "GET", "#", "STORE", "d").replies(":6");
    run("LRANGE", "d", "0", "-1").replies(bulks("", "1", "", "2", "", "3"));
    run("TTL", "d").replies(":-1");
    run("SORT", "missing", "STORE", "d").replies(":0").fires("keymiss:missing", "del:d");
    run("SORT", "missing", "STORE", "d").replies(":0").propagatesNothing();
    run("RPUSH", "same", "2", "1");
    run("SORT", "same", "STORE", "same").replies(":2");
    run("LRANGE", "same", "0", "-1").replies(bulks("1", "2"));
  }

  @Test
  void shouldReadNumbersAsTheCLibraryDoes() {
    run("RPUSH", "l", "0x10", " 5", "", "1e1", "-inf");
    run("SORT", "l").replies(bulks("-inf", "", " 5", "1e1", "0x10"));
    run("RPUSH", "l", "5 ");
    run("SORT", "l").fails("ERR One or more scores");
  }

  @Test
  void shouldKeepTheOrderIfAnyPatternSaysSo() {
    run("RPUSH", "l", "c", "a", "b");
    run("SORT", "l", "BY", "nosort", "BY", "w_*").replies(bulks("c", "a", "b"));
  }

  @Test
  void shouldSortManyElements() {
    for (int i = 0; i < 5000; i++) {
      run("RPUSH", "l", "" + i * 7919 % 5000);
    }
    run("SORT", "l", "LIMIT", "2500", "2").replies(bulks("2500", "2501"));
    run("SORT", "l", "DESC", "STORE", "d").replies(":5000");
    run("LINDEX", "d", "-1").repliesBulk("0");
    run("OBJECT", "ENCODING", "d").repliesBulk("quicklist");
  }
}
