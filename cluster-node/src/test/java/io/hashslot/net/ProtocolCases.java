package io.hashslot.net;

import static io.hashslot.net.RawClient.request;

import java.util.List;

/**
 * What may come over a connection, and what is answered. Replies of Valkey 8.0.1, which is asked
 * the same where it is installed.
 *
 * <p>No case, because Valkey does not answer them the same way each time: a line longer than 64 KB
 * whose end comes with it (we refuse it always, Valkey by how the input is cut), and an inline
 * request with a zero byte (an argument like any other here; Valkey waits for an end of line that
 * it has passed over).
 */
final class ProtocolCases {
  private ProtocolCases() {}

  /**
   * One case.
   *
   * @param name what it shows
   * @param sent the bytes sent, a character each
   * @param answer the bytes that come back; {@code <closed>} where the connection is closed
   */
  record Case(String name, String sent, String answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String error(String text) {
    return "-ERR Protocol error: " + text + "\r\n<closed>";
  }

  static List<Case> all() {
    return List.of(
        new Case("inline", "PING\r\n", "+PONG\r\n"),
        new Case("inline without carriage return", "PING\n", "+PONG\r\n"),
        new Case("inline in small letters", "ping hello\r\n", "$5\r\nhello\r\n"),
        new Case("inline with blanks around", "  ECHO \t a  \r\n", "$1\r\na\r\n"),
        new Case("inline quoted", "ECHO \"a b\\x41\\n\"\r\n", "$5\r\na bA\n\r\n"),
        new Case("inline in single quotes", "ECHO 'it\\'s'\r\n", "$4\r\nit's\r\n"),
        new Case("inline empty argument", "ECHO \"\"\r\n", "$0\r\n\r\n"),
        new Case(
            "inline unbalanced", "ECHO \"a\r\nPING\r\n", error("unbalanced quotes in request")),
        new Case(
            "inline garbage after quote", "ECHO \"a\"b\r\n", error("unbalanced quotes in request")),
        new Case("empty lines", "\r\n\r\n\nPING\r\n\r\n", "+PONG\r\n"),
        new Case("line of blanks", "   \r\nPING\r\n", "+PONG\r\n"),
        new Case("no arguments", "*0\r\n" + request("PING"), "+PONG\r\n"),
        new Case("fewer than no arguments", "*-1\r\n*-7\r\n" + request("PING"), "+PONG\r\n"),
        new Case("array then inline", request("PING") + "PING\r\n", "+PONG\r\n+PONG\r\n"),
        new Case(
            "empty command name",
            "*1\r\n$0\r\n\r\n",
            "-ERR unknown command '', with args beginning with: \r\n"),
        new Case(
            "long header digits", "*00001\r\n$4\r\nPING\r\n", error("invalid multibulk length")),
        new Case("too many arguments", "*2147483648\r\n", error("invalid multibulk length")),
        new Case("arguments not a number", "*abc\r\nPING\r\n", error("invalid multibulk length")),
        new Case("arguments missing", "*\r\nPING\r\n", error("invalid multibulk length")),
        new Case(
            "arguments with a blank", "* 1\r\n$4\r\nPING\r\n", error("invalid multibulk length")),
        new Case(
            "arguments overflowing",
            "*99999999999999999999\r\n",
            error("invalid multibulk length")),
        new Case("bulk not a number", "*1\r\n$x\r\n", error("invalid bulk length")),
        new Case("bulk of negative length", "*1\r\n$-1\r\n", error("invalid bulk length")),
        new Case("bulk too long", "*1\r\n$536870913\r\n", error("invalid bulk length")),
        new Case("bulk length missing", "*1\r\n$\r\n", error("invalid bulk length")),
        new Case("bulk length with zeros", "*1\r\n$04\r\nPING\r\n", error("invalid bulk length")),
        new Case("bulk length with plus", "*1\r\n$+4\r\nPING\r\n", error("invalid bulk length")),
        new Case("not a bulk", "*1\r\n+PING\r\n", error("expected '$', got '+'")),
        new Case(
            "an array in an array", "*1\r\n*1\r\n$4\r\nPING\r\n", error("expected '$', got '*'")),
        new Case("an inline in an array", "*1\r\nPING\r\n", error("expected '$', got 'P'")),
        new Case("an empty line in an array", "*2\r\n\r\n", error("expected '$', got ' '")),
        new Case(
            "nothing runs after an error",
            "SET k v\r\n*x\r\nSET k w\r\nSET k x\r\n",
            "+OK\r\n" + error("invalid multibulk length")),
        new Case(
            "replies before an error",
            "PING\r\nPING\r\n*1\r\n$z\r\nPING\r\n",
            "+PONG\r\n+PONG\r\n" + error("invalid bulk length")),
        new Case("nothing runs after QUIT", "PING\r\nQUIT\r\nPING\r\n", "+PONG\r\n+OK\r\n<closed>"),
        new Case(
            "QUIT after a pipeline",
            request("SET", "q", "1").repeat(3000) + request("QUIT") + request("PING"),
            "+OK\r\n".repeat(3001) + "<closed>"),
        new Case(
            "binary argument",
            request("ECHO", "\0\1\r\n\u00ff*$"),
            "$8\r\n\0\1\r\n\u00ff*$\r\n".replace("$8", "$7")),
        new Case(
            "inline of 60000 bytes",
            "ECHO " + "x".repeat(60_000) + "\r\n",
            "$60000\r\n" + "x".repeat(60_000) + "\r\n"),
        new Case("inline without end", "x".repeat(80_000), error("too big inline request")),
        new Case(
            "array header without end",
            "*" + "1".repeat(80_000),
            error("too big mbulk count string")),
        new Case(
            "bulk header without end",
            "*1\r\n$" + "1".repeat(80_000),
            error("too big bulk count string")),
        new Case("a web browser", "GET / HTTP/1.1\r\nHost: localhost\r\nPING\r\n", "<closed>"),
        new Case("a web form", "PING\r\nPOST / HTTP/1.1\r\nPING\r\n", "<closed>"),
        new Case(
            "RESET",
            request("MULTI")
                + request("CLIENT", "REPLY", "OFF")
                + request("RESET")
                + request("EXEC"),
            "+OK\r\n+QUEUED\r\n+RESET\r\n-ERR EXEC without MULTI\r\n"),
        new Case(
            "RESET leaves RESP3",
            request("HELLO", "2").replace(request("HELLO", "2"), "")
                + request("SUBSCRIBE", "c")
                + request("RESET")
                + request("PING"),
            "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n+RESET\r\n+PONG\r\n"),
        new Case("one reply skipped", "CLIENT REPLY SKIP\r\nPING\r\nPING\r\n", "+PONG\r\n"),
        new Case(
            "a slow reply skipped", "CLIENT REPLY SKIP\r\nKEYS nothing*\r\nPING\r\n", "+PONG\r\n"),
        new Case(
            "queued in silence",
            "CLIENT REPLY OFF\r\nMULTI\r\nPING\r\nEXEC\r\nCLIENT REPLY ON\r\n",
            "+OK\r\n"));
  }
}
