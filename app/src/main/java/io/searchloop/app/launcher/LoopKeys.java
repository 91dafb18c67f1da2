package io.searchloop.app.launcher;

import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The keys of a loop that runs in one process: made with its data directory, which holds both
 * halves, so that the loop signs and verifies as a distributed one does.
 *
 * @param signer the trainer's key
 * @param trusted what its workers trust
 */
record LoopKeys(SigningKey signer, TrustedKeys trusted) {
  private static final String FOLDER = "keys";
  private static final String SIGNING = "signing-key.pem";
  private static final String TRUSTED = "trusted-keys";

  /**
   * The keys of a data directory. When it has none they are made, and the releases it already has
   * are trusted unsigned, since no key existed that could have signed them.
   */
  static LoopKeys open(Path dataDirectory, Brokers bootstrapServers, Serdes serdes) {
    Path folder = dataDirectory.resolve(FOLDER);
    Path signing = folder.resolve(SIGNING);
    Path trusted = folder.resolve(TRUSTED);
    if (!Files.exists(trusted)) {
      create(folder, signing, trusted, lastRelease(bootstrapServers, serdes));
    }
    return new LoopKeys(SigningKey.read(signing), TrustedKeys.read(trusted));
  }

  private static void create(Path folder, Path signing, Path trusted, long lastRelease) {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(signing); // of a start that ended before anybody could trust it
      SigningKey key = SigningKey.generate(new SecureRandom());
      key.write(signing);
      if (lastRelease >= 0) {
        TrustedKeys.appendUnsigned(trusted, lastRelease);
      }
      TrustedKeys.append(trusted, key.trusted().named("made with this data directory"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make keys in " + folder, e);
    }
  }

  private static long lastRelease(Brokers bootstrapServers, Serdes serdes) {
    return TopicLog.readAll(Topics.POLICY_RELEASES, bootstrapServers, serdes).stream()
        .mapToLong(Located::offset)
        .max()
        .orElse(-1);
  }
}
