package io.hashslot.value;

/**
 * A stored value, seen through a flyweight: valid only under the lock of its shard and only until
 * its key is next changed. Sealed, so that whatever handles values (saving, copying, measuring,
 * digesting) handles every kind or does not compile.
 */
public sealed interface Value permits StringValue, CollectionValue {
  /** Which kind of value this is. */
  Kind kind();

  /** What OBJECT ENCODING replies. */
  String encodingName();
}
