package io.hashslot.manual;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a command, or several that belong together, as COMMAND DOCS describes them.
 *
 * @param name unique among its siblings
 * @param type what it is
 * @param display how people see it
 * @param keySpec which key specification of the command finds it; -1 for what is no key
 * @param token the word before it, or that it is; null if there is none
 * @param since the version that brought it, if it is younger than its command
 * @param deprecatedSince the version that declared it out of date
 * @param optional whether it may be left out
 * @param multiple whether it may be repeated
 * @param multipleToken whether the word is repeated as well
 * @param arguments the parts of a block, or what to choose from
 */
public record Argument(
    String name,
    ArgumentType type,
    String display,
    int keySpec,
    @Nullable String token,
    @Nullable String since,
    @Nullable String deprecatedSince,
    boolean optional,
    boolean multiple,
    boolean multipleToken,
    List<Argument> arguments) {}
