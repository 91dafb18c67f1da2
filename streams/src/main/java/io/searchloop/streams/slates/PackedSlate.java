package io.searchloop.streams.slates;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.HeadSlate;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SlateCandidate;
import io.searchloop.streams.inference.Rollout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slate as it waits in memory: one array of bytes, without texts, which follow from the tokens.
 *
 * <pre>
 *   own (1) | hash (8) | candidates (1..2) | each: length (1), token ids (1..3 each), log-probs (4 each)
 * </pre>
 *
 * <p>Eight rollouts of six tokens take 8 * (1 + 6 * 2 + 6 * 4) + 10 = 306 bytes; with its place in
 * a hash table a slate costs about 410.
 */
final class PackedSlate {
  private static final int MORE = 0x80;
  private static final int SEVEN_BITS = 0x7f;
  private static final int MAX_VARINT = 5;

  private final byte[] bytes;

  private PackedSlate(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Packs a record.
   *
   * @param own whether this worker is the one to tombstone it
   * @throws IllegalArgumentException when the record is no slate
   */
  static PackedSlate of(HeadSlate slate, boolean own) {
    if (slate.getCandidates().isEmpty()) {
      throw new IllegalArgumentException(
          "Slate %s without candidates, expected at least one to draw."
              .formatted(slate.getSlateId()));
    }
    int most = 1 + Long.BYTES + MAX_VARINT;
    for (SlateCandidate candidate : slate.getCandidates()) {
      int tokens = candidate.getTokenIds().remaining() / Integer.BYTES;
      most += MAX_VARINT + tokens * (MAX_VARINT + Float.BYTES);
    }
    ByteBuffer out = ByteBuffer.allocate(most);
    out.put((byte) (own ? 1 : 0)).putLong(Slate.hashOf(slate.getSlateId()));
    putVarint(out, slate.getCandidates().size());
    for (SlateCandidate candidate : slate.getCandidates()) {
      put(out, Packed.ints(candidate.getTokenIds()), Packed.floats(candidate.getLogProbs()));
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return new PackedSlate(bytes);
  }

  /** Whether this worker is the one to tombstone it. */
  boolean own() {
    return bytes[0] == 1;
  }

  /** Hash of the content, as in the slate's id. */
  long hash() {
    return ByteBuffer.wrap(bytes).getLong(1);
  }

  int sizeBytes() {
    return bytes.length;
  }

  /**
   * The slate.
   *
   * @param version that sampled it
   * @param format of that version, by which tokens are texts
   */
  Slate slate(long version, RewriteFormat format) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1 + Long.BYTES);
    int count = varint(in);
    List<Rollout> rollouts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rollouts.add(rollout(in, format));
    }
    return new Slate(Slate.id(version, hash()), rollouts);
  }

  private static void put(ByteBuffer out, int[] tokens, float[] logProbs) {
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException(
          "Candidate of %d tokens with %d log-probabilities, expected as many."
              .formatted(tokens.length, logProbs.length));
    }
    putVarint(out, tokens.length);
    for (int token : tokens) {
      putVarint(out, token);
    }
    for (float logProb : logProbs) {
      out.putFloat(logProb);
    }
  }

  private static Rollout rollout(ByteBuffer in, RewriteFormat format) {
    int[] tokens = new int[varint(in)];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = varint(in);
    }
    float[] logProbs = new float[tokens.length];
    in.asFloatBuffer().get(logProbs);
    in.position(in.position() + logProbs.length * Float.BYTES);
    Optional<String> rewrite = format.rewrite(tokens);
    return new Rollout(tokens, logProbs, rewrite.orElse(""), rewrite.isPresent());
  }

  private static void putVarint(ByteBuffer out, int value) {
    int rest = value;
    for (; (rest & ~SEVEN_BITS) != 0; rest >>>= 7) {
      out.put((byte) (rest & SEVEN_BITS | MORE));
    }
    out.put((byte) rest);
  }

  private static int varint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & SEVEN_BITS) << shift;
      if ((next & MORE) == 0) {
        return value;
      }
    }
  }
}
