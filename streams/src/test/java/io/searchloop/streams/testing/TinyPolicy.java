package io.searchloop.streams.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A policy that obeys the graph contract with one layer, one head and random weights: logits of a
 * position are a row of a bigram table plus a projection of the sum of all cached keys, so a wrong
 * or lost cache changes them.
 */
public final class TinyPolicy {
  public static final int HEAD_DIMENSION = 8;
  public static final Tokenizer TOKENIZER =
      BytePairTrainer.train(List.of("red running shoes", "red shoes", "running socks"), 268);

  private static final int VOCABULARY = TOKENIZER.vocabularySize();
  private static final int MAX_PROMPT = 24;
  private static final int MAX_REWRITE = 6;
  private static final float IMPROBABLE = -8;
  private static final float END_BIAS = 1.5f;

  private TinyPolicy() {}

  /** Able to serve: mostly lower-case letters. */
  public static PolicyArtifact artifact(long seed) {
    return artifact(new TinyGraph(bigrams(seed, 'a', 'z'), seed));
  }

  /** The same in the graph form of releases before. */
  public static PolicyArtifact even(long seed) {
    return artifact(new TinyGraph(bigrams(seed, 'a', 'z'), seed).even());
  }

  /** Its logits are not numbers. */
  public static PolicyArtifact withoutFiniteLogits() {
    float[][] bigrams = bigrams(1, 'a', 'z');
    for (float[] row : bigrams) {
      row[Tokenizer.SPECIAL_TOKENS + 'q'] = Float.NaN;
    }
    return artifact(new TinyGraph(bigrams, 1));
  }

  /** Speaks letters, and now and then bytes that are no text. */
  public static PolicyArtifact sometimesText() {
    return artifact(new TinyGraph(bigrams(1, 'a', 0x86), 1));
  }

  /** Speaks bytes that are no text. */
  public static PolicyArtifact withoutText() {
    return artifact(new TinyGraph(bigrams(1, 0xf8, 0xff), 1));
  }

  /** Ignores its cache, so decoding with and without one differ. */
  public static PolicyArtifact forgetful() {
    return artifact(new TinyGraph(bigrams(1, 'a', 'z'), 1).forgetful());
  }

  /** Runs batches of at most so many rows. */
  public static PolicyArtifact ofAtMost(int rows) {
    return artifact(new TinyGraph(bigrams(1, 'a', 'z'), 1).ofAtMost(rows));
  }

  /** Says two layers, has one. */
  public static PolicyArtifact misdeclared() {
    PolicySpec honest = spec();
    PolicySpec spec =
        new PolicySpec(
            honest.format(),
            honest.vocabularySize(),
            2,
            honest.keyValueHeads(),
            honest.headDimension(),
            honest.maxPromptTokens(),
            honest.maxRewriteTokens());
    return new PolicyArtifact(spec, TOKENIZER, new TinyGraph(bigrams(1, 'a', 'z'), 1).toBytes());
  }

  /** Bytes of an artifact whose tokenizer knows a token that its graph does not. */
  public static byte[] withATokenTooMany() {
    String size = "\"vocabularySize\":";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(artifact(1).toBytes()));
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        byte[] content = from.readAllBytes();
        byte[] changed =
            entry.getName().equals("policy.json")
                ? new String(content, UTF_8)
                    .replace(size + VOCABULARY, size + (VOCABULARY - 1))
                    .getBytes(UTF_8)
                : content;
        CRC32 crc = new CRC32();
        crc.update(changed);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED); // as artifacts are; a compressed one is refused unread
        stored.setSize(changed.length);
        stored.setCrc(crc.getValue());
        to.putNextEntry(stored);
        to.write(changed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory", e);
    }
    return out.toByteArray();
  }

  private static PolicyArtifact artifact(TinyGraph graph) {
    return new PolicyArtifact(spec(), TOKENIZER, graph.toBytes());
  }

  private static PolicySpec spec() {
    return new PolicySpec(
        PolicySpec.FORMAT, VOCABULARY, 1, 1, HEAD_DIMENSION, MAX_PROMPT, MAX_REWRITE);
  }

  /** (vocabulary, vocabulary): logits of the next token by the last. */
  private static float[][] bigrams(long seed, int firstByte, int lastByte) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] table = new float[VOCABULARY][VOCABULARY];
    for (float[] row : table) {
      for (int token = 0; token < VOCABULARY; token++) {
        int value = token - Tokenizer.SPECIAL_TOKENS;
        boolean probable = value >= firstByte && value <= lastByte;
        row[token] = (float) random.nextGaussian() + (probable ? 0 : IMPROBABLE);
      }
      row[Tokenizer.END] = END_BIAS;
    }
    return table;
  }
}
