package io.hashslot.sim;

/**
 * How messages fare on their way. The plain form is that of TCP in a data centre: in order, nothing
 * lost. The rates are worse than TCP ever is: messages vanish, overtake each other or come twice
 * within a connection.
 *
 * @param minDelayUs shortest way in microseconds
 * @param maxDelayUs longest way, at least the shortest
 * @param lossPermille how many of a thousand messages vanish
 * @param reorderPermille how many may overtake others
 * @param duplicatePermille how many come a second time later, as a sender that reconnects and does
 *     not know what arrived would cause it
 */
public record Conditions(
    long minDelayUs,
    long maxDelayUs,
    int lossPermille,
    int reorderPermille,
    int duplicatePermille) {

  /** A tenth of a millisecond to a whole one, nothing lost. */
  public static final Conditions FAIR = new Conditions(100, 1_000, 0, 0, 0);

  /** The same with other delays. */
  public Conditions withDelays(long minUs, long maxUs) {
    return new Conditions(minUs, maxUs, lossPermille, reorderPermille, duplicatePermille);
  }

  /** The same with other rates, each of a thousand. */
  public Conditions withRates(int loss, int reorder, int duplicate) {
    return new Conditions(minDelayUs, maxDelayUs, loss, reorder, duplicate);
  }
}
