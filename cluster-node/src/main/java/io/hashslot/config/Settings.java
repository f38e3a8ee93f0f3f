package io.hashslot.config;

/**
 * The values of all directives at one moment: immutable, so whoever reads several values from the
 * same object sees them as they were set together.
 */
public final class Settings {
  private static final int COUNT = DirectiveTable.ALL.size();

  // Numbers and flags are kept unboxed, so that hot code reads them with two loads. The kinds are
  // told
  // apart with instanceof: this is run at every start, and a switch over types makes classes then.
  private final long[] numbers;
  private final Object[] objects;

  private Settings(long[] numbers, Object[] objects) {
    this.numbers = numbers;
    this.objects = objects;
  }

  /** What holds when nothing was configured. */
  static Settings defaults() {
    var changes = new Changes(new long[COUNT], new Object[COUNT]);
    for (Directive<?> directive : DirectiveTable.ALL) changes.reset(directive);
    return changes.toSettings();
  }

  /** Whether the directive says yes. */
  public boolean get(Toggle directive) {
    return numbers[directive.index] != 0;
  }

  /** The number, in the unit that the directive documents. */
  public long get(Quantity directive) {
    return numbers[directive.index];
  }

  /** The number as an int, for directives whose range fits. */
  public int intOf(Quantity directive) {
    return Math.toIntExact(numbers[directive.index]);
  }

  /** The word that was chosen. */
  @SuppressWarnings("unchecked") // the array is only filled with values of the directive's type
  public <E extends Enum<E>> E get(Choice<E> directive) {
    return (E) objects[directive.index];
  }

  /** The text; empty for "not set". */
  public String get(Text directive) {
    return (String) objects[directive.index];
  }

  /** The value that was read from the words. */
  @SuppressWarnings("unchecked") // the array is only filled with values of the directive's type
  public <T> T get(Structured<T> directive) {
    return (T) objects[directive.index];
  }

  /** The value of any directive, boxed. */
  @SuppressWarnings("unchecked") // each case returns the type that the directive names
  <T> T value(Directive<T> directive) {
    if (directive instanceof Toggle toggle) return (T) (Object) get(toggle);
    if (directive instanceof Quantity quantity) return (T) (Object) get(quantity);
    return (T) objects[directive.index];
  }

  /** The value as CONFIG GET shows it. */
  <T> String format(Directive<T> directive) {
    return directive.format(value(directive));
  }

  Changes change() {
    return new Changes(numbers.clone(), objects.clone());
  }

  /** Settings being changed; not yet seen by anybody. */
  static final class Changes {
    private final long[] numbers;
    private final Object[] objects;

    private Changes(long[] numbers, Object[] objects) {
      this.numbers = numbers;
      this.objects = objects;
    }

    private <T> void reset(Directive<T> directive) {
      put(directive, directive.defaultValue());
    }

    <T> void put(Directive<T> directive, T value) {
      if (directive instanceof Toggle) {
        numbers[directive.index] = (Boolean) value ? 1 : 0;
      } else if (directive instanceof Quantity) {
        numbers[directive.index] = (Long) value;
      } else {
        objects[directive.index] = value;
      }
    }

    Settings toSettings() {
      return new Settings(numbers.clone(), objects.clone());
    }
  }
}
