package io.hashslot.bus.sim;

import io.hashslot.bus.core.Effect;
import org.jspecify.annotations.Nullable;

/** What a broken driver makes of an effect, for checking the checks. */
@FunctionalInterface
public interface EffectFilter {
  /** What is performed in place of the effect; null = the driver forgets about it. */
  @Nullable Effect apply(Effect effect);
}
