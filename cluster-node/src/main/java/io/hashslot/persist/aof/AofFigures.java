package io.hashslot.persist.aof;

/**
 * What INFO tells of the append-only file.
 *
 * @param rewriteScheduled whether a rewrite follows as soon as it may
 * @param lastRewriteSeconds how long the last rewrite took; -1 before the first
 * @param currentRewriteSeconds how long the one under way has taken; -1 if there is none
 * @param failures rewrites that have failed in a row
 * @param firstRewritePending whether the data is not protected until a rewrite is over
 * @param bytes length of all files
 * @param baseBytes what it was after the last rewrite, or the base's at the start
 * @param bufferBytes what is in the journal and not in the file yet
 * @param pendingSyncs syncs under way beside the writing
 * @param delayedSyncs how often something was written though a sync was under way for too long
 */
public record AofFigures(
    boolean enabled,
    boolean rewriting,
    boolean rewriteScheduled,
    long lastRewriteSeconds,
    long currentRewriteSeconds,
    boolean lastRewriteSucceeded,
    long rewrites,
    long failures,
    boolean writesSucceed,
    boolean firstRewritePending,
    long bytes,
    long baseBytes,
    long bufferBytes,
    long pendingSyncs,
    long delayedSyncs) {}
