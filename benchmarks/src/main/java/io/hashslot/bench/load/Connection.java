package io.hashslot.bench.load;

import org.agrona.UnsafeApi;

/**
 * One connection of the generator: what it is about to send, what it has received, and for every
 * operation in flight when it should have been sent and which key it named.
 *
 * <p>Sending uses two buffers: one belongs to the transport until it reports that all of it has
 * gone, the other takes new requests meanwhile. Receiving uses one: a reply cut in two stays at its
 * beginning until the rest comes.
 */
final class Connection {

  /** Bytes received at once at most, unless a single reply is longer. */
  private static final int MIN_RECEIVE_BYTES = 64 << 10;

  final int index;

  private final NativeBuffer[] sendMemory = new NativeBuffer[2];
  private int filling;
  private int filled;
  private boolean sending;

  private final NativeBuffer receiveMemory;
  private int received;

  private final RequestKind[] kinds;
  private final long[] keys;
  private final long[] dueNs;
  private final int mask;
  private final int maxInFlight;
  private int head;
  private int tail;
  private int repliesToHead;

  /**
   * Makes an unconnected one.
   *
   * @param maxInFlight operations that can be in flight
   * @param requestBytes the longest request of the workload
   * @param replyBytes the longest reply expected
   */
  Connection(int index, int maxInFlight, int requestBytes, int replyBytes) {
    this.index = index;
    this.maxInFlight = maxInFlight;
    for (int i = 0; i < 2; i++) {
      sendMemory[i] = NativeBuffer.allocate(Math.multiplyExact(maxInFlight, requestBytes));
    }
    receiveMemory = NativeBuffer.allocate(Math.max(MIN_RECEIVE_BYTES, 2 * replyBytes));
    int ring = Integer.highestOneBit(Math.max(1, maxInFlight * 2 - 1));
    kinds = new RequestKind[ring];
    keys = new long[ring];
    dueNs = new long[ring];
    mask = ring - 1;
  }

  boolean hasRoom() {
    return tail - head < maxInFlight;
  }

  boolean idle() {
    return tail == head;
  }

  int inFlight() {
    return tail - head;
  }

  /** Appends one request to the buffer being filled and remembers it as in flight. */
  void append(RequestTemplate template, RequestKind kind, long key, long dueAtNs) {
    template.write(sendMemory[filling].address() + filled, key);
    filled += template.length();
    int slot = tail++ & mask;
    kinds[slot] = kind;
    keys[slot] = key;
    dueNs[slot] = dueAtNs;
  }

  /**
   * Hands what has been appended to the transport, unless the last hand-over is still on its way.
   */
  void flush(Transport transport) {
    if (sending || filled == 0) {
      return;
    }
    NativeBuffer memory = sendMemory[filling];
    memory.bytes().limit(filled).position(0);
    sending = true;
    filling ^= 1;
    filled = 0;
    transport.send(this, memory);
  }

  /** The transport has sent all it was given. */
  void sent() {
    sending = false;
  }

  /** Returns where the next bytes are to be received; position and limit say which. */
  NativeBuffer receiveSpace() {
    receiveMemory.bytes().limit(receiveMemory.bytes().capacity()).position(received);
    return receiveMemory;
  }

  /**
   * Takes {@code bytes} more bytes and counts the operations they complete.
   *
   * @param latencies told the distance of each completed operation from its due time
   * @return operations completed
   */
  int received(int bytes, long nowNs, ReplyCheck check, Latencies latencies) {
    received += bytes;
    long from = receiveMemory.address();
    long limit = from + received;
    int completed = 0;
    for (long end; (end = ReplyScanner.end(from, limit)) != ReplyScanner.INCOMPLETE; from = end) {
      if (idle()) {
        throw new LoadFailure("a reply that nobody asked for on connection " + index);
      }
      int slot = head & mask;
      RequestKind kind = kinds[slot];
      check.judge(kind, repliesToHead, keys[slot], from, end);
      if (++repliesToHead == kind.replies) {
        repliesToHead = 0;
        head++;
        completed++;
        latencies.record(nowNs, dueNs[slot]);
      }
    }
    keepFrom(from, limit);
    return completed;
  }

  private void keepFrom(long from, long limit) {
    int left = (int) (limit - from);
    if (left == receiveMemory.bytes().capacity()) {
      throw new LoadFailure("a reply longer than any expected on connection " + index);
    }
    if (left > 0 && from > receiveMemory.address()) {
      UnsafeApi.copyMemory(from, receiveMemory.address(), left);
    }
    received = left;
  }
}
