package io.hashslot.bus.link;

import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What encrypts the links of the bus. Asked for each new connection, so that certificates and even
 * {@code tls-cluster} itself may change while links stand.
 */
public interface BusTls {
  /** The bus speaks plainly. */
  BusTls NONE =
      new BusTls() {
        @Override
        public @Nullable SSLEngine accepting() {
          return null;
        }

        @Override
        public @Nullable SSLEngine connecting(String ip, int port) {
          return null;
        }
      };

  /** Our end of a connection that a peer has opened, who must show a certificate; null: plain. */
  @Nullable SSLEngine accepting();

  /** Our end of a connection that we open; null: plain. */
  @Nullable SSLEngine connecting(String ip, int port);
}
