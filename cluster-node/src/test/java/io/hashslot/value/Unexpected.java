package io.hashslot.value;

import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;

/** Takes nothing that a frozen value hands out: tests override what they expect. */
abstract class Unexpected implements FrozenValue.Parts {
  @Override
  public void bytes(long address, int length) {
    throw new AssertionError("bytes of a string");
  }

  @Override
  public void member(SetMember member) {
    throw new AssertionError("a member of a set");
  }

  @Override
  public void pair(Slice field, Slice value) {
    throw new AssertionError("a pair of a hash");
  }

  @Override
  public void scored(Slice member, double score) {
    throw new AssertionError("a member with a score");
  }

  @Override
  public void listChunk(long chunk) {
    throw new AssertionError("a chunk of a list");
  }

  @Override
  public void streamChunk(long ms, long sequence, long address, int length) {
    throw new AssertionError("a chunk of a stream");
  }

  @Override
  public void endOfChunks() {}

  @Override
  public void group(byte[] name, long ms, long sequence, long entriesRead, long pending) {
    throw new AssertionError("a group");
  }

  @Override
  public void pending(long ms, long sequence, long deliveredAtMs, long deliveries) {
    throw new AssertionError("a pending entry");
  }

  @Override
  public void consumers(long count) {
    throw new AssertionError("consumers");
  }

  @Override
  public void consumer(byte[] name, long seenAtMs, long activeAtMs, long pending) {
    throw new AssertionError("a consumer");
  }

  @Override
  public void pendingOfConsumer(long ms, long sequence) {
    throw new AssertionError("a pending entry of a consumer");
  }
}
