package io.hashslot.command;

import io.hashslot.resp.Decimal;
import io.hashslot.resp.Request;

/** The arguments of the command under way; index 0 is its name. Readers throw Redis' errors. */
public final class Args {
  private Request request = new Request();

  /** Points at another request. */
  public void wrap(Request newRequest) {
    request = newRequest;
  }

  /** Returns the request itself. */
  public Request request() {
    return request;
  }

  /** Returns the number of arguments, the command's name included. */
  public int count() {
    return request.count();
  }

  /** Returns the native address of an argument. */
  public long address(int i) {
    return request.address(i);
  }

  /** Returns the length of an argument in bytes. */
  public int length(int i) {
    return request.length(i);
  }

  /** Tells whether an argument is a word, given in upper case, whatever its own case. */
  public boolean is(int i, String upper) {
    return request.is(i, upper);
  }

  /** Returns a copy of an argument. */
  public byte[] bytes(int i) {
    return request.bytes(i);
  }

  /** Returns an argument as text, byte for character (ISO 8859-1). */
  public String text(int i) {
    return request.text(i);
  }

  /**
   * Returns an argument as a 64-bit number.
   *
   * @throws CommandException {@link CommandException#NOT_INTEGER}
   */
  public long integer(int i) {
    return integer(i, CommandException.NOT_INTEGER);
  }

  /**
   * Returns an argument as a 64-bit number.
   *
   * @throws CommandException the given one, if it is none
   */
  public long integer(int i, CommandException problem) {
    long address = request.address(i);
    int length = request.length(i);
    long value = Decimal.parse(address, length);
    if (value == Decimal.NOT_A_NUMBER && !Decimal.isLong(address, length)) {
      throw problem;
    }
    return value;
  }

  /**
   * Returns an argument as a number within bounds.
   *
   * @throws CommandException {@code ERR value is out of range…} or {@link
   *     CommandException#NOT_INTEGER}
   */
  public long integerBetween(int i, long least, long most) {
    long value = integer(i);
    if (value < least || value > most) {
      throw CommandException.err(
          "value is out of range, value must between " + least + " and " + most);
    }
    return value;
  }

  /**
   * Returns an argument as a 32-bit number.
   *
   * @throws CommandException as {@link #integerBetween} does
   */
  public int int32(int i) {
    return (int) integerBetween(i, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
