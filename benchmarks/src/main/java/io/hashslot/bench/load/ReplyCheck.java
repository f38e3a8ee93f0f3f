package io.hashslot.bench.load;

import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Judges replies: is it the kind of reply this request has, and (for one GET in sixteen) is it the
 * value that was written to this very key? A server that answers fast but wrongly must not win.
 */
final class ReplyCheck {

  private static final int VALUE_SAMPLE_MASK = 15;

  private final int valueSize;

  private long errors;
  private long misses;
  private long wrong;
  private long unconfirmed;
  private long sampler;
  private @Nullable String firstComplaint;

  ReplyCheck(int valueSize) {
    this.valueSize = valueSize;
  }

  /**
   * Judges one complete reply.
   *
   * @param reply the how manieth of its operation it is, from 0
   */
  void judge(RequestKind kind, int reply, long key, long from, long end) {
    byte type = UnsafeApi.getByte(from);
    if (type == '-') {
      errors++;
      complain(from, end);
      return;
    }
    boolean right =
        switch (kind.expected(reply)) {
          case VALUE -> isValue(type, key, from, end);
          case OK -> isOk(from, end);
          case COUNT -> type == ':' && UnsafeApi.getByte(from + 1) != '-';
          case PONG -> type == '+' && end - from == 7 && UnsafeApi.getByte(from + 1) == 'P';
          case ID, ELEMENT -> type == '$' && UnsafeApi.getByte(from + 1) != '-';
          case ELEMENTS -> type == '*' && UnsafeApi.getByte(from + 1) != '-';
          case CONFIRMED -> isConfirmed(type, from);
        };
    if (!right) {
      wrong++;
      complain(from, end);
    }
  }

  private boolean isValue(byte type, long key, long from, long end) {
    if (type == '_' || (type == '$' && UnsafeApi.getByte(from + 1) == '-')) {
      misses++;
      return true;
    }
    if (type != '$' || ReplyScanner.bulkLength(from) != valueSize) {
      return false;
    }
    if (valueSize < Digits.LENGTH || (sampler++ & VALUE_SAMPLE_MASK) != 0) {
      return true;
    }
    return Digits.matches(end - 2 - valueSize, key);
  }

  private static boolean isOk(long from, long end) {
    return end - from == 5
        && UnsafeApi.getByte(from) == '+'
        && UnsafeApi.getByte(from + 1) == 'O'
        && UnsafeApi.getByte(from + 2) == 'K';
  }

  private boolean isConfirmed(byte type, long from) {
    if (type == ':' && UnsafeApi.getByte(from + 1) == '0') {
      unconfirmed++;
    }
    return type == ':';
  }

  private void complain(long from, long end) {
    if (firstComplaint == null) {
      firstComplaint = NativeBuffer.text(from, (int) Math.min(end - from, 200)).strip();
    }
  }

  /** Forgets what was counted so far, but not the first complaint. */
  void reset() {
    errors = 0;
    misses = 0;
    wrong = 0;
    unconfirmed = 0;
  }

  /** Returns how many replies were RESP errors. */
  long errors() {
    return errors;
  }

  /** Returns how many GETs found nothing. */
  long misses() {
    return misses;
  }

  /** Returns how many replies were not what their request asks for. */
  long wrong() {
    return wrong;
  }

  /** Returns how many WAITs ran into their time limit without a replica's confirmation. */
  long unconfirmed() {
    return unconfirmed;
  }

  /** Returns the first error or wrong reply of the run, cut after 200 bytes. */
  @Nullable String firstComplaint() {
    return firstComplaint;
  }
}
