package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.Bits;
import io.hashslot.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BITFIELD key [GET encoding offset | [OVERFLOW WRAP|SAT|FAIL] SET encoding offset value | INCRBY
 * encoding offset increment ...]
 */
final class Bitfield {
  private enum Verb {
    GET,
    SET,
    INCRBY
  }

  private record Step(Verb verb, FieldType type, long place, long value, FieldType.Overflow rule) {}

  private final BitOffset offsets;

  Bitfield(BitOffset offsets) {
    this.offsets = offsets;
  }

  void execute(Context ctx, Args args) {
    run(ctx, args, false);
  }

  /** BITFIELD_RO key [GET encoding offset ...] */
  void readOnly(Context ctx, Args args) {
    run(ctx, args, true);
  }

  private void run(Context ctx, Args args, boolean readOnly) {
    List<Step> steps = steps(ctx, args);
    long firstWritten = Long.MAX_VALUE;
    long lastWritten = -1;
    for (Step step : steps) {
      if (step.verb != Verb.GET) {
        firstWritten = Math.min(firstWritten, step.place);
        lastWritten = Math.max(lastWritten, step.place + step.type.bits() - 1);
      }
    }
    if (lastWritten >= 0 && readOnly) {
      throw CommandException.err("BITFIELD_RO only supports the GET subcommand");
    }
    if (lastWritten < 0) {
      read(ctx, steps);
    } else {
      write(ctx, steps, firstWritten, lastWritten);
    }
  }

  private List<Step> steps(Context ctx, Args args) {
    List<Step> steps = new ArrayList<>();
    FieldType.Overflow rule = FieldType.Overflow.WRAP;
    int at = 2;
    while (at < args.count()) {
      int more = args.count() - at - 1;
      Verb verb = verb(args, at);
      if (verb == null && args.is(at, "OVERFLOW") && more >= 1) {
        rule = rule(args, at + 1);
        at += 2;
        continue;
      }
      if (verb == null || more < (verb == Verb.GET ? 2 : 3)) {
        throw CommandException.SYNTAX;
      }
      FieldType type = FieldType.of(args, at + 1);
      long place = offsets.read(ctx, args, at + 2, type.bits());
      long value = verb == Verb.GET ? 0 : args.integer(at + 3);
      steps.add(new Step(verb, type, place, value, rule));
      at += verb == Verb.GET ? 3 : 4;
    }
    return steps;
  }

  private static @Nullable Verb verb(Args args, int argument) {
    for (Verb verb : Verb.values()) {
      if (args.is(argument, verb.name())) {
        return verb;
      }
    }
    return null;
  }

  private static FieldType.Overflow rule(Args args, int argument) {
    for (FieldType.Overflow rule : FieldType.Overflow.values()) {
      if (args.is(argument, rule.name())) {
        return rule;
      }
    }
    throw CommandException.err("Invalid OVERFLOW type specified");
  }

  private static void read(Context ctx, List<Step> steps) {
    StringValue value = ctx.keys().string(ctx.key(1));
    ctx.reply().array(steps.size());
    for (Step step : steps) {
      long bits =
          value == null
              ? 0
              : Bits.read(value.address(), value.length(), step.place, step.type.bits());
      ctx.reply().integer(step.type.of(bits));
    }
  }

  private static void write(Context ctx, List<Step> steps, long firstBit, long lastBit) {
    Key key = ctx.key(1);
    StringValue old = ctx.keys().stringForWrite(key);
    int length = (int) (lastBit >>> 3) + 1;
    boolean grows = old == null || old.length() < length;
    StringValue value = ctx.keys().edit(key, (int) (firstBit >>> 3), length);
    ctx.reply().array(steps.size());
    boolean changed = false;
    for (Step step : steps) {
      changed |= apply(ctx, step, value, grows);
    }
    if (changed) {
      ctx.changed(key, KeyEvent.STRING, "setbit");
    } else if (grows) {
      // Refused by its overflow rule, but the string has been made: replicas have to follow.
      ctx.changedMany(1);
    }
  }

  private static boolean apply(Context ctx, Step step, StringValue value, boolean grows) {
    FieldType type = step.type;
    long before = type.of(Bits.read(value.address(), value.length(), step.place, type.bits()));
    if (step.verb == Verb.GET) {
      ctx.reply().integer(before);
      return false;
    }
    boolean add = step.verb == Verb.INCRBY;
    long base = add ? before : step.value;
    long added = add ? step.value : 0;
    int overflow = type.overflowOf(base, added);
    if (overflow != 0 && step.rule == FieldType.Overflow.FAIL) {
      ctx.reply().nil();
      return false;
    }
    long after = type.sum(base, added, overflow, step.rule);
    Bits.write(value.address(), step.place, type.bits(), after);
    ctx.reply().integer(add ? after : before);
    return grows || before != after;
  }
}
