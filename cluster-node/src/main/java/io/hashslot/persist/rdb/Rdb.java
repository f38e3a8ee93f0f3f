package io.hashslot.persist.rdb;

/** Numbers of the format. Opcodes and value types share one byte space. */
public final class Rdb {
  /** Version 10: Redis 7.0. Files that must be readable there carry it. */
  public static final int VERSION_REDIS_7_0 = 10;

  /**
   * Version 11: Redis 7.2, Valkey 7.2 and 8.0. Small sets as listpacks, and when consumers of
   * streams were active.
   */
  public static final int VERSION_REDIS_7_2 = 11;

  /** Newest version that is read. */
  public static final int NEWEST_VERSION = VERSION_REDIS_7_2;

  /**
   * Elements for which room is made before they are read: more are not believed before they come.
   */
  static final int MOST_EXPECTED = 1 << 20;

  static final int TYPE_STRING = 0;

  static final int OP_SLOT_INFO = 244;
  static final int OP_FUNCTION = 245;
  static final int OP_FUNCTION_PRERELEASE = 246;
  static final int OP_MODULE_AUX = 247;
  static final int OP_IDLE = 248;
  static final int OP_FREQUENCY = 249;
  static final int OP_AUX = 250;
  static final int OP_RESIZE_DB = 251;
  static final int OP_EXPIRE_MS = 252;
  static final int OP_EXPIRE_SECONDS = 253;
  static final int OP_SELECT_DB = 254;
  static final int OP_EOF = 255;

  static final int LENGTH_32 = 0x80;
  static final int LENGTH_64 = 0x81;
  static final int STRING_INT8 = 0xC0;
  static final int STRING_INT16 = 0xC1;
  static final int STRING_INT32 = 0xC2;
  static final int STRING_LZF = 0xC3;

  private Rdb() {}

  /** What a type byte stands for, in words; for messages. */
  static String typeName(int type) {
    return switch (type) {
      case 0 -> "string";
      case 1, 10, 14, 18 -> "list";
      case 2, 11, 20 -> "set";
      case 3, 5, 12, 17 -> "sorted set";
      case 4, 9, 13, 16 -> "hash";
      case 6, 7 -> "module value";
      case 15, 19, 21 -> "stream";
      case 22, 23, 24, 25 -> "hash with field expiry";
      default -> "unknown";
    };
  }

  static boolean isValueType(int type) {
    return type >= 0 && type <= 21 && (type < 6 || type > 8);
  }
}
