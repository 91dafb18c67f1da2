package io.searchloop.policy.signing;

/** Signs manifests, or says in so many words that it does not. */
@FunctionalInterface
public interface ReleaseSigner {
  /** Leaves releases unsigned; workers refuse them unless they are told not to. */
  ReleaseSigner UNSIGNED = manifest -> ReleaseSignature.NONE;

  /** A signature over bytes exactly as given. */
  ReleaseSignature sign(byte[] manifest);
}
