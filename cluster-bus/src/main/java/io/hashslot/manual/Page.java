package io.hashslot.manual;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about one command.
 *
 * @param name in lower case; a subcommand's is {@code parent|child}
 * @param group such as {@code string} or {@code sorted-set}
 * @param since the version of Redis that brought it
 * @param complexity how its time grows, such as {@code O(N)}; null for one that only has
 *     subcommands
 * @param flags {@code deprecated}, {@code syscmd}
 * @param deprecatedSince the version that declared it out of date
 * @param replacedBy what to use instead
 * @param summary one sentence
 * @param arguments in order
 */
public record Page(
    String name,
    String group,
    String since,
    @Nullable String complexity,
    Set<String> flags,
    @Nullable String deprecatedSince,
    @Nullable String replacedBy,
    String summary,
    List<Argument> arguments) {}
