package io.hashslot.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a server answers, as a value: every type of RESP2 and RESP3. Texts are kept as the bytes
 * that came, since keys and values need not be UTF-8.
 *
 * <p>The byte arrays belong to the reply; nobody else refers to them.
 */
public sealed interface Reply {

  /** A reply that is a run of bytes. */
  sealed interface Text extends Reply permits Simple, Failure, Bulk, Verbatim {
    /** The bytes as they came, without type byte, length or line end. */
    byte[] bytes();

    /** The bytes read as UTF-8. */
    default String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  /** A reply that holds replies. */
  sealed interface Aggregate extends Reply permits Array, SetOf, MapOf, Push {
    /** The elements; for a map key, value, key, value… */
    List<Reply> items();
  }

  /** {@code +OK}. */
  record Simple(byte[] bytes) implements Text {}

  /** {@code -ERR …} or RESP3's blob error {@code !}. The text begins with the error's code word. */
  record Failure(byte[] bytes) implements Text {}

  /** {@code $5}. */
  record Bulk(byte[] bytes) implements Text {}

  /** RESP3 {@code =15}: text with a three-letter format such as {@code txt} or {@code mkd}. */
  record Verbatim(String format, byte[] bytes) implements Text {}

  /** {@code :42}. */
  record Int(long value) implements Reply {}

  /** RESP3 {@code ,3.14}; the text is kept because printing must not change it. */
  record Real(String text) implements Reply {
    /** The number; understands {@code inf}, {@code -inf} and {@code nan}. */
    public double value() {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan", "-nan" -> Double.NaN;
        default -> Double.parseDouble(text);
      };
    }
  }

  /** RESP3 {@code #t}. */
  record Bool(boolean value) implements Reply {}

  /** RESP3 {@code (3492890328409238509324850943850943825024385}. */
  record BigNumber(BigInteger value) implements Reply {}

  /** Nothing: {@code $-1}, {@code *-1} or RESP3's {@code _}. */
  enum Nil implements Reply {
    /** RESP2's missing string. */
    BULK,
    /** RESP2's missing array. */
    ARRAY,
    /** RESP3's only null. */
    NULL
  }

  /** {@code *2}. */
  record Array(List<Reply> items) implements Aggregate {}

  /** RESP3 {@code ~2}. */
  record SetOf(List<Reply> items) implements Aggregate {}

  /** RESP3 {@code %2}: key, value, key, value… in the order they came. */
  record MapOf(List<Reply> items) implements Aggregate {
    /** The number of key-value pairs. */
    public int size() {
      return items.size() / 2;
    }
  }

  /** RESP3 {@code >3}: not an answer, but something the server says by itself. */
  record Push(List<Reply> items) implements Aggregate {
    /**
     * What kind of message this is: its first element, such as {@code message} or {@code
     * invalidate}; empty if it has none.
     */
    public String kind() {
      return !items.isEmpty() && items.getFirst() instanceof Text first ? first.text() : "";
    }
  }

  /**
   * A reply that came with attributes (RESP3 {@code |1}): remarks aside that a client may ignore.
   */
  record Attributed(MapOf attributes, Reply reply) implements Reply {}

  /** This reply without attributes around it; attributes of inner elements stay. */
  default Reply plain() {
    return this instanceof Attributed attributed ? attributed.reply().plain() : this;
  }

  /** Whether this is an error reply. */
  default boolean isFailure() {
    return plain() instanceof Failure;
  }

  /**
   * Whether this is an error reply whose text begins with the given word, such as {@code MOVED},
   * followed by a blank or the end.
   */
  default boolean isFailure(String code) {
    return plain() instanceof Failure failure && (failure.text() + ' ').startsWith(code + ' ');
  }

  /** Whether this is the simple text {@code OK}. */
  default boolean isOk() {
    return plain() instanceof Simple simple && simple.text().equals("OK");
  }

  /**
   * This reply as a word for people and parsers: its text or number; aggregates and nulls give the
   * empty word.
   */
  default String asText() {
    return switch (plain()) {
      case Text text -> text.text();
      case Int number -> Long.toString(number.value());
      case Real real -> real.text();
      case Bool bool -> Boolean.toString(bool.value());
      case BigNumber big -> big.value().toString();
      case Nil _, Aggregate _, Attributed _ -> "";
    };
  }

  /** The elements of an aggregate; none for anything else. */
  default List<Reply> asItems() {
    return plain() instanceof Aggregate aggregate ? aggregate.items() : List.of();
  }
}
