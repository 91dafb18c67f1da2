package io.searchloop.trainer.publish;

import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.config.Setting;
import java.nio.file.Path;
import java.util.List;

/**
 * Who vouches for releases, key {@code trainer.signing-key}. Apart from the trainer's other
 * settings, because those are recorded in every release, and where a key lies is nobody's business.
 *
 * @param signingKey file of the key, or {@code none}
 */
public record SigningSettings(
    @Setting(value = "", help = "file of the key that signs releases; none leaves them unsigned")
        String signingKey) {
  private static final String NONE = "none";

  /**
   * The signer.
   *
   * @throws InvalidConfigurationException when it is not said
   * @throws IllegalArgumentException when the file holds no key
   */
  public ReleaseSigner signer() {
    if (signingKey.isBlank()) {
      throw new InvalidConfigurationException(
          List.of(
              "trainer.signing-key is not set, expected the file that ./searchloop keys init writes. Workers that serve unsigned releases need none: set it to none."));
    }
    return signingKey.equals(NONE) ? ReleaseSigner.UNSIGNED : SigningKey.read(Path.of(signingKey));
  }
}
