package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseManifest;
import java.util.OptionalLong;

/** Where releases and refusals go, each together with the minibatch offset it accounts for. */
public interface ReleaseSink extends AutoCloseable {
  /** Takes the pen: an older trainer that still holds it can publish no more. */
  void open();

  /**
   * Publishes a release.
   *
   * @param carried what the pieces are made of: the artifact, or a delta upon its base
   * @param nextMinibatch first minibatch offset not covered; empty for the warm start
   * @return the policy version: the offset of the release record
   */
  long release(ReleaseManifest manifest, byte[] carried, OptionalLong nextMinibatch);

  /**
   * Records a refusal; its minibatches count as read.
   *
   * @return offset of the record
   */
  long refuse(ReleaseManifest manifest, String reason, long nextMinibatch);

  @Override
  void close();
}
