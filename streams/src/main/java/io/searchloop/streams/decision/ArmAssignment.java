package io.searchloop.streams.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Assigns visitors to arms by a salted hash: the same visitor meets the same arm on every worker
 * and every day, and another salt shuffles all of them.
 *
 * <p>With u = hash / 2^53 in [0, 1): identity when u &lt; holdout, reference when u &lt; holdout +
 * reference, policy otherwise. Shares .05 and .1: u = .12 is a reference visitor.
 *
 * @param holdoutShare share of visitors never rewritten
 * @param referenceShare share of visitors served by the warm start
 * @param salt any text
 */
public record ArmAssignment(double holdoutShare, double referenceShare, String salt) {
  private static final int MANTISSA_BITS = 53;

  public ArmAssignment {
    if (!(holdoutShare >= 0 && referenceShare >= 0 && holdoutShare + referenceShare <= 1)) {
      throw new IllegalArgumentException(
          "Holdout share %s and reference share %s, expected both from 0 and together at most 1."
              .formatted(holdoutShare, referenceShare));
    }
  }

  /** Arm of a visitor. */
  public Arm arm(String visitorKey) {
    double position = position(visitorKey);
    if (position < holdoutShare) {
      return Arm.IDENTITY;
    }
    return position < holdoutShare + referenceShare ? Arm.REFERENCE : Arm.POLICY;
  }

  /** Probability with which any visitor is assigned to an arm. */
  public double propensity(Arm arm) {
    return switch (arm) {
      case IDENTITY -> holdoutShare;
      case REFERENCE -> referenceShare;
      case POLICY -> 1 - holdoutShare - referenceShare;
    };
  }

  private double position(String visitorKey) {
    byte[] digest = sha256().digest((salt + '\n' + visitorKey).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - MANTISSA_BITS)) * 0x1.0p-53;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
