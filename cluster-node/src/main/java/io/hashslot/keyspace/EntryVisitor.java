package io.hashslot.keyspace;

/** What entries are shown to, under the lock of their shard. It must not change the keyspace. */
@FunctionalInterface
public interface EntryVisitor {
  /** One entry; the flyweight is reused for the next. */
  void visit(int database, Entry entry);
}
