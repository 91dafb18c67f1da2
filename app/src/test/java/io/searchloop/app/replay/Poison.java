package io.searchloop.app.replay;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes events that must not be used, each for a reason known beforehand. */
final class Poison {
  /** Ways to be unusable, with the reason each is refused for. */
  enum Kind {
    TRUNCATED(DeadLetterReason.MALFORMED),
    SHORTER_THAN_A_HEADER(DeadLetterReason.MALFORMED),
    RANDOM_BYTES(DeadLetterReason.MALFORMED),
    WRONG_MAGIC_BYTE(DeadLetterReason.MALFORMED),
    TRAILING_BYTES(DeadLetterReason.MALFORMED),
    HUGE_STRING_LENGTH(DeadLetterReason.MALFORMED),
    SCHEMA_OF_ANOTHER_TOPIC(DeadLetterReason.MALFORMED),
    NULL_VALUE(DeadLetterReason.MALFORMED),
    UNKNOWN_SCHEMA(DeadLetterReason.UNKNOWN_SCHEMA),
    CLICK_ON_NOTHING(DeadLetterReason.MISSING_FIELD),
    IMPRESSION_OF_NO_SEARCH(DeadLetterReason.MISSING_FIELD),
    PURCHASE_WITHOUT_ORDER(DeadLetterReason.MISSING_FIELD),
    UNKNOWN_ACTION(DeadLetterReason.UNKNOWN_ACTION),
    ACTION_OF_A_THOUSAND_SIGNS(DeadLetterReason.UNKNOWN_ACTION),
    ACTION_OF_NO_ENCODING(DeadLetterReason.UNKNOWN_ACTION),
    NO_VISITOR(DeadLetterReason.NO_VISITOR),
    CLOCK_AT_ZERO(DeadLetterReason.INVALID_FIELD),
    CLOCK_BEFORE_TIME(DeadLetterReason.INVALID_FIELD),
    CLOCK_A_DAY_AHEAD(DeadLetterReason.FUTURE),
    CLOCK_AT_THE_END_OF_TIME(DeadLetterReason.FUTURE),
    NEGATIVE_QUANTITY(DeadLetterReason.INVALID_FIELD);

    final DeadLetterReason reason;

    Kind(DeadLetterReason reason) {
      this.reason = reason;
    }
  }

  private static final int HEADER_BYTES = 5;
  private static final int UNKNOWN_IDS = 20;
  private static final int FIRST_UNKNOWN_ID = 1_000_000;
  private static final String MARK = "@@@@";

  private final Instant now;
  private final RandomGenerator random;
  private final AvroSerde<SearchEvent> events;
  private final byte[] decision;

  /**
   * @param now about when the broker will receive them
   */
  Poison(Serdes serdes, Instant now, RandomGenerator random) {
    this.now = now;
    this.random = random;
    this.events = serdes.of(Topics.EVENTS);
    this.decision =
        serdes
            .of(Topics.DECISIONS)
            .encode(Decision.newBuilder().setQueryId("q").setClientId("c").build());
  }

  /** Bytes of a kind; null for a tombstone. */
  byte @Nullable [] make(Kind kind) {
    return switch (kind) {
      case TRUNCATED -> {
        byte[] whole = events.encode(click().build());
        yield Arrays.copyOf(whole, random.nextInt(HEADER_BYTES, whole.length));
      }
      case SHORTER_THAN_A_HEADER -> new byte[random.nextInt(HEADER_BYTES)];
      case RANDOM_BYTES -> notMagic(bytes(random.nextInt(1, 400)));
      case WRONG_MAGIC_BYTE -> notMagic(events.encode(click().build()));
      case TRAILING_BYTES -> {
        byte[] whole = events.encode(click().build());
        yield Arrays.copyOf(whole, whole.length + random.nextInt(1, 9));
      }
      case HUGE_STRING_LENGTH -> hugeLength();
      case SCHEMA_OF_ANOTHER_TOPIC -> decision;
      case NULL_VALUE -> null;
      case UNKNOWN_SCHEMA -> unknownSchema();
      case CLICK_ON_NOTHING -> events.encode(click().setObjectId("").build());
      case IMPRESSION_OF_NO_SEARCH ->
          events.encode(click().setActionName("impression").setQueryId("").build());
      case PURCHASE_WITHOUT_ORDER -> events.encode(click().setActionName("purchase").build());
      case UNKNOWN_ACTION -> events.encode(click().setActionName("teleport").build());
      case ACTION_OF_A_THOUSAND_SIGNS ->
          events.encode(click().setActionName("\u202e\ud83d\udca3".repeat(500)).build());
      case ACTION_OF_NO_ENCODING -> invalidUtf8();
      case NO_VISITOR -> events.encode(click().setClientId("").build());
      case CLOCK_AT_ZERO -> events.encode(click().setTimestamp(Instant.EPOCH).build());
      case CLOCK_BEFORE_TIME ->
          events.encode(click().setTimestamp(Instant.ofEpochMilli(Long.MIN_VALUE)).build());
      case CLOCK_A_DAY_AHEAD ->
          events.encode(click().setTimestamp(now.plus(Duration.ofDays(1))).build());
      case CLOCK_AT_THE_END_OF_TIME ->
          events.encode(click().setTimestamp(Instant.ofEpochMilli(Long.MAX_VALUE)).build());
      case NEGATIVE_QUANTITY ->
          events.encode(click().setActionName("purchase").setOrderId("o").setQuantity(-1).build());
    };
  }

  private SearchEvent.Builder click() {
    return SearchEvent.newBuilder()
        .setEventId("poison-" + random.nextLong())
        .setClientId("poisoner-" + random.nextInt(50))
        .setQueryId("q")
        .setActionName("click")
        .setObjectId("p")
        .setTimestamp(now.minusSeconds(random.nextInt(60)));
  }

  /** The first string of the record claims two billion bytes. */
  private byte[] hugeLength() {
    byte[] whole = events.encode(click().build());
    byte[] length = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    System.arraycopy(length, 0, whole, HEADER_BYTES, length.length);
    return whole;
  }

  private byte[] unknownSchema() {
    byte[] whole = events.encode(click().build());
    ByteBuffer.wrap(whole).putInt(1, FIRST_UNKNOWN_ID + random.nextInt(UNKNOWN_IDS));
    return whole;
  }

  /** Signs that no UTF-8 decoder accepts, in place of the action. */
  private byte[] invalidUtf8() {
    byte[] whole = events.encode(click().setActionName(MARK).build());
    for (int i = 0; i + MARK.length() <= whole.length; i++) {
      if (whole[i] == '@' && whole[i + 1] == '@') {
        Arrays.fill(whole, i, i + MARK.length(), (byte) 0xff);
        return whole;
      }
    }
    throw new IllegalStateException("The mark was not encoded");
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] notMagic(byte[] bytes) {
    bytes[0] = (byte) (bytes[0] == 0 ? 1 : bytes[0]);
    return bytes;
  }
}
