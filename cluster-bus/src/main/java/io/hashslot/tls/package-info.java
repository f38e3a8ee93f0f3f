/**
 * TLS as the server, the bus and the command line use it: certificates and keys from PEM files in
 * all forms that OpenSSL writes, whom to trust, which protocols and ciphers, and the JDK's engines
 * and sockets made of that. Nothing here knows of directives, options or Netty.
 *
 * <p>May use: the JDK.
 */
@NullMarked
package io.hashslot.tls;

import org.jspecify.annotations.NullMarked;
