package io.hashslot.session;

/**
 * The socket side of a session that has no socket: work of the node itself, or a stream that comes
 * another way. What is asked of it does nothing; what it is asked for is empty.
 */
public abstract class SilentLink implements Link {
  private final Traffic traffic = new Traffic();

  @Override
  public String peer() {
    return "";
  }

  @Override
  public String local() {
    return "";
  }

  @Override
  public boolean fromThisMachine() {
    return true;
  }

  @Override
  public boolean unixSocket() {
    return false;
  }

  @Override
  public boolean tls() {
    return false;
  }

  @Override
  public void flushSoon() {}

  @Override
  public void resume() {}

  @Override
  public void closeAfterReply() {}

  @Override
  public void closeNow() {}

  @Override
  public long pendingOutputBytes() {
    return 0;
  }

  @Override
  public int pendingOutputPieces() {
    return 0;
  }

  @Override
  public int pendingInputBytes() {
    return 0;
  }

  @Override
  public int freeInputBytes() {
    return 0;
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public void trusted(boolean authenticated) {}

  @Override
  public void detach(RawPeer peer) {
    throw new UnsupportedOperationException("there is no link to hand over");
  }

  @Override
  public void sendRaw(long address, int length) {
    throw new UnsupportedOperationException("there is no link to send on");
  }
}
