package io.hashslot.structure;

/** What must hold between the nodes of a {@link CountedTree} after every change. */
final class CountedTreeRules {
  private CountedTreeRules() {}

  /**
   * Checks everything that must hold between nodes.
   *
   * @throws IllegalStateException if something does not
   */
  static void check(CountedTree tree) {
    long[] last = new long[1];
    long total = check(tree, tree.root(), tree.levels() - 1, last);
    expect(total == tree.size(), "elements are counted");
    expect(last[0] == 0 || TreeNodes.next(last[0]) == 0, "the last leaf has no next");
  }

  private static long check(CountedTree tree, long node, int level, long[] lastLeaf) {
    int entries = TreeNodes.entries(node);
    boolean isLeaf = level == 0;
    expect(entries > 0 || node == tree.root(), "only a root may be empty");
    expect(entries <= TreeNodes.capacity(isLeaf), "entries fit");
    if (isLeaf) {
      expect(TreeNodes.previous(node) == lastLeaf[0], "leaves know the one before");
      expect(lastLeaf[0] == 0 || TreeNodes.next(lastLeaf[0]) == node, "leaves know the next");
      lastLeaf[0] = node;
      for (int i = 0; i < entries; i++) {
        long element = TreeNodes.element(node, true, i);
        expect(TreeNodes.score(node, i) == ScoredMember.score(element), "scores are the elements'");
      }
      return entries;
    }
    long total = 0;
    for (int i = 0; i < entries; i++) {
      long child = TreeNodes.child(node, i);
      long below = check(tree, child, level - 1, lastLeaf);
      expect(below == TreeNodes.count(node, i), "children are counted");
      expect(TreeNodes.score(node, i) == TreeNodes.score(child, 0), "least scores are exact");
      expect(
          TreeNodes.element(node, false, i) == TreeNodes.element(child, level == 1, 0),
          "least elements are exact");
      total += below;
    }
    return total;
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("not so: " + what);
    }
  }
}
