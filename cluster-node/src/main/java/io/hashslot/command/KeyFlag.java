package io.hashslot.command;

/** What a command does with the keys of one key specification; names as in {@code COMMAND INFO}. */
public enum KeyFlag {
  RO("RO"),
  RW("RW"),
  OW("OW"),
  RM("RM"),
  ACCESS("access"),
  UPDATE("update"),
  INSERT("insert"),
  DELETE("delete"),
  NOT_KEY("not_key"),
  INCOMPLETE("incomplete"),
  VARIABLE_FLAGS("variable_flags");

  private final String label;

  KeyFlag(String label) {
    this.label = label;
  }

  /** Returns the flag's name in {@code COMMAND INFO}. */
  public String label() {
    return label;
  }
}
