package io.searchloop.trainer.checkpoint;

import io.searchloop.policy.release.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A channel that takes the SHA-256 of what it passes on, so that a file is read once less. */
final class DigestingChannel implements WritableByteChannel {
  private final WritableByteChannel target;
  private final MessageDigest digest = Sha256.digest();

  /**
   * @param target stays the caller's
   */
  DigestingChannel(WritableByteChannel target) {
    this.target = target;
  }

  /** A target for bytes of which only the hash is wanted. */
  static WritableByteChannel nowhere() {
    return Channels.newChannel(OutputStream.nullOutputStream());
  }

  /** The hash of everything written, in hex. */
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer written = source.duplicate();
    int count = target.write(source);
    digest.update(written.limit(written.position() + count));
    return count;
  }

  @Override
  public boolean isOpen() {
    return target.isOpen();
  }

  @Override
  public void close() {}
}
