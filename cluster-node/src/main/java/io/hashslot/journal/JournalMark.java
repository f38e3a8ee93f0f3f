package io.hashslot.journal;

/**
 * A place between two executions in the journal.
 *
 * @param position bytes before it
 * @param local bytes of this server's own writes beside the stream before it, see {@link
 *     Journal#written}
 * @param selectedDb database the stream stands in there for whoever has not read what comes before;
 *     -1 if the next command is preceded by SELECT
 */
public record JournalMark(long position, long local, int selectedDb) {}
