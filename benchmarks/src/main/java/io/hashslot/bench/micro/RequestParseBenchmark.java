package io.hashslot.bench.micro;

import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.resp.RequestParser;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What does reading a request cost, when sixteen of them arrive in one read? Per request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestParseBenchmark {

  private static final int PIPELINE = 16;

  /** The command that is repeated. */
  @Param({"GET", "SET"})
  public String command = "";

  private final RequestParser parser = new RequestParser();
  private final NativeOutput input = new NativeOutput(4096);

  /** Encodes the batch. */
  @Setup
  public void encode() {
    String key = "$16\r\nkey:000000001234\r\n";
    String value = "$16\r\n0123456789abcdef\r\n";
    String request =
        command.equals("GET") ? "*2\r\n$3\r\nGET\r\n" + key : "*3\r\n$3\r\nSET\r\n" + key + value;
    input.put(request.repeat(PIPELINE).getBytes(StandardCharsets.US_ASCII));
  }

  /** Frees it. */
  @TearDown
  public void free() {
    input.release();
  }

  /** All arguments of all requests found, none copied. */
  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public long parse() {
    long sum = 0;
    parser.begin(0);
    for (Request request; (request = parser.next(input.address(), input.position())) != null; ) {
      sum += request.address(1);
      parser.accept();
    }
    return sum;
  }
}
