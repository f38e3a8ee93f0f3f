package io.hashslot.replication;

/** How far a replica is with its link to the primary; ROLE shows the text. */
enum LinkState {
  NONE("none"),
  CONNECT("connect"),
  CONNECTING("connecting"),
  HANDSHAKE("handshake"),
  SYNC("sync"),
  CONNECTED("connected");

  private final String text;

  LinkState(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
