package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.EncodingDirectives;
import io.hashslot.config.Settings;
import io.hashslot.value.EncodingLimits;

/** The directives about compact forms in the terms of the values. */
final class EncodingRules {
  private EncodingRules() {}

  /** Applies them, now and whenever they change. */
  static void follow(Config config, EncodingLimits limits) {
    apply(config.settings(), limits);
    config.onChange(
        (_, now) -> {
          apply(now, limits);
          return null;
        },
        EncodingDirectives.HASH_MAX_LISTPACK_ENTRIES,
        EncodingDirectives.HASH_MAX_LISTPACK_VALUE,
        EncodingDirectives.LIST_MAX_LISTPACK_SIZE,
        EncodingDirectives.LIST_COMPRESS_DEPTH,
        EncodingDirectives.SET_MAX_INTSET_ENTRIES,
        EncodingDirectives.SET_MAX_LISTPACK_ENTRIES,
        EncodingDirectives.SET_MAX_LISTPACK_VALUE,
        EncodingDirectives.ZSET_MAX_LISTPACK_ENTRIES,
        EncodingDirectives.ZSET_MAX_LISTPACK_VALUE,
        EncodingDirectives.HLL_SPARSE_MAX_BYTES,
        EncodingDirectives.STREAM_NODE_MAX_BYTES,
        EncodingDirectives.STREAM_NODE_MAX_ENTRIES);
  }

  private static void apply(Settings now, EncodingLimits limits) {
    limits.hashMaxListpackEntries = now.get(EncodingDirectives.HASH_MAX_LISTPACK_ENTRIES);
    limits.hashMaxListpackValue = now.get(EncodingDirectives.HASH_MAX_LISTPACK_VALUE);
    limits.listMaxListpackSize = now.intOf(EncodingDirectives.LIST_MAX_LISTPACK_SIZE);
    limits.listCompressDepth = now.intOf(EncodingDirectives.LIST_COMPRESS_DEPTH);
    limits.setMaxIntsetEntries = now.get(EncodingDirectives.SET_MAX_INTSET_ENTRIES);
    limits.setMaxListpackEntries = now.get(EncodingDirectives.SET_MAX_LISTPACK_ENTRIES);
    limits.setMaxListpackValue = now.get(EncodingDirectives.SET_MAX_LISTPACK_VALUE);
    limits.zsetMaxListpackEntries = now.get(EncodingDirectives.ZSET_MAX_LISTPACK_ENTRIES);
    limits.zsetMaxListpackValue = now.get(EncodingDirectives.ZSET_MAX_LISTPACK_VALUE);
    limits.hllSparseMaxBytes = now.get(EncodingDirectives.HLL_SPARSE_MAX_BYTES);
    limits.streamNodeMaxBytes = now.get(EncodingDirectives.STREAM_NODE_MAX_BYTES);
    limits.streamNodeMaxEntries = now.get(EncodingDirectives.STREAM_NODE_MAX_ENTRIES);
  }
}
