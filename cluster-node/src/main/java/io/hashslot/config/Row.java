package io.hashslot.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table while it is being written: {@code
 * rows.row("replica-priority").alias("slave-priority").number(100, 0, INT)}. The last call, the
 * type, makes the directive and enters it into its group.
 */
final class Row {
  static final int IMMUTABLE = 1;
  static final int GUARDED = 1 << 1;
  static final int HIDDEN = 1 << 2;
  static final int SECRET = 1 << 3;
  static final int REFUSED_WHILE_LOADING = 1 << 4;
  static final int REFERENCE = 1 << 5;

  /** The largest value of directives that the C servers keep in an int. */
  static final long INT = Integer.MAX_VALUE;

  /** The largest value of all other numbers. */
  static final long LONG = Long.MAX_VALUE;

  private static int nextIndex;

  private final Group group;
  private final String name;
  private final int index;
  private @Nullable String alias;
  private @Nullable String inertBecause;
  private @Nullable String remark;
  private @Nullable String comesWith;
  private int flags;
  private long clampMin = Long.MIN_VALUE;
  private long clampMax = Long.MAX_VALUE;

  private Row(Group group, String name) {
    this.group = group;
    this.name = name;
    this.index = takeIndex();
  }

  private static synchronized int takeIndex() {
    return nextIndex++;
  }

  /** The rows of one subject, in the order in which they are written. */
  static final class Group {
    private final String title;
    private final List<Directive<?>> directives = new ArrayList<>();

    Group(String title) {
      this.title = title;
    }

    Row row(String name) {
      return new Row(this, name);
    }

    String title() {
      return title;
    }

    List<Directive<?>> directives() {
      return Collections.unmodifiableList(directives);
    }
  }

  Row alias(String other) {
    alias = other;
    return this;
  }

  Row immutable() {
    flags |= IMMUTABLE;
    return this;
  }

  Row guarded() {
    flags |= GUARDED;
    return this;
  }

  Row hidden() {
    flags |= HIDDEN;
    return this;
  }

  Row secret() {
    flags |= SECRET;
    return this;
  }

  Row refusedWhileLoading() {
    flags |= REFUSED_WHILE_LOADING;
    return this;
  }

  /** The name of something whose content counts: to set the same name again applies it again. */
  Row reference() {
    flags |= REFERENCE;
    return this;
  }

  /** Accepted without effect, and why. */
  Row inert(String reason) {
    inertBecause = reason;
    return this;
  }

  /** Accepted, but nothing reads it yet; what will. */
  Row comesWith(String feature) {
    comesWith = feature;
    return this;
  }

  Row remark(String text) {
    remark = text;
    return this;
  }

  /**
   * Values in the range but outside of this are taken for the nearest inside, without a complaint.
   */
  Row clamp(long min, long max) {
    clampMin = min;
    clampMax = max;
    return this;
  }

  Toggle toggle(boolean defaultValue) {
    return enter(new Toggle(this, defaultValue));
  }

  Quantity number(long defaultValue, long min, long max) {
    return enter(new Quantity(this, Quantity.Unit.PLAIN, defaultValue, min, max, null, null));
  }

  Quantity number(long defaultValue, long min, long max, LongPredicate rule, String complaint) {
    return enter(new Quantity(this, Quantity.Unit.PLAIN, defaultValue, min, max, rule, complaint));
  }

  Quantity octal(long defaultValue, long min, long max) {
    return enter(new Quantity(this, Quantity.Unit.OCTAL, defaultValue, min, max, null, null));
  }

  Quantity memory(long defaultValue, long min, long max) {
    return enter(new Quantity(this, Quantity.Unit.MEMORY, defaultValue, min, max, null, null));
  }

  Quantity memoryOrPercent(long defaultValue, long min, long max) {
    var unit = Quantity.Unit.MEMORY_OR_PERCENT;
    return enter(new Quantity(this, unit, defaultValue, min, max, null, null));
  }

  <E extends Enum<E>> Choice<E> choice(E defaultValue) {
    return enter(new Choice<>(this, defaultValue));
  }

  Text text(String defaultValue) {
    return enter(new Text(this, defaultValue, _ -> null));
  }

  Text text(String defaultValue, Text.Rule rule) {
    return enter(new Text(this, defaultValue, rule));
  }

  <T> Structured<T> structured(T defaultValue, Structured.Form<T> form) {
    return enter(new Structured<>(this, defaultValue, form));
  }

  private <D extends Directive<?>> D enter(D directive) {
    group.directives.add(directive);
    return directive;
  }

  String name() {
    return name;
  }

  int index() {
    return index;
  }

  @Nullable String alias() {
    return alias;
  }

  @Nullable String inertBecause() {
    return inertBecause;
  }

  @Nullable String comesWith() {
    return comesWith;
  }

  @Nullable String remark() {
    return remark;
  }

  long clampMin() {
    return clampMin;
  }

  long clampMax() {
    return clampMax;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  @Override
  public String toString() {
    return name + Arrays.asList(alias, flags);
  }
}
