package io.hashslot.cli;

import io.hashslot.resp.Reply;

/**
 * How replies are shown: byte for byte as redis-cli 7.0.15 and valkey-cli 8.0.1 show them. What
 * those two cannot read (attributes, big numbers) is shown in the same spirit.
 */
sealed interface ReplyFormat permits StandardFormat, RawFormat, CsvFormat, JsonFormat {
  /** A whole reply with its ending, ready to print. */
  byte[] whole(Reply reply);
}
