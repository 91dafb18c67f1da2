package io.searchloop.policy.rewrite;

/**
 * Where a text stands within a UTF-8 character (Unicode 15, table 3-7), and whether it has shown
 * anything but space. Tokens are bytes, so a character may end in another token than it began in.
 *
 * <p>States 0 to 10 are places within a character; 11 added to them says that the text is not
 * blank. Characters that begin like a Unicode space (U+1680, U+2000 to U+207F, U+3000 to U+303F) do
 * not count as shown: some of their neighbours are called blank, none of them is missed.
 */
final class Utf8State {
  /** Between characters, nothing shown yet. */
  static final int EMPTY = 0;

  /** A byte that cannot follow. */
  static final int BROKEN = -1;

  static final int STATES = 22;

  private static final int PLACES = STATES / 2;
  private static final int SHOWN = PLACES;
  private static final int ONE_MORE = 1;
  private static final int TWO_MORE = 2;
  private static final int THREE_MORE = 3;
  private static final int AFTER_E0 = 4;
  private static final int AFTER_ED = 5;
  private static final int AFTER_F0 = 6;
  private static final int AFTER_F4 = 7;
  private static final int AFTER_E1 = 8;
  private static final int AFTER_E2 = 9;
  private static final int AFTER_E3 = 10;
  private static final int[] PENDING = {0, 1, 2, 3, 2, 2, 3, 3, 2, 2, 2};

  private Utf8State() {}

  /** State after more bytes; {@link #BROKEN} when they cannot follow. */
  static int after(int state, byte[] bytes) {
    int next = state;
    for (int i = 0; i < bytes.length && next != BROKEN; i++) {
      next = after(next, Byte.toUnsignedInt(bytes[i]));
    }
    return next;
  }

  /** Bytes that the character at hand still needs. */
  static int pending(int state) {
    return PENDING[state % PLACES];
  }

  /** Whether the text has shown anything but space. */
  static boolean shown(int state) {
    return state >= SHOWN;
  }

  /** Whether the text may end here: whole characters, not blank. */
  static boolean complete(int state) {
    return state == SHOWN;
  }

  private static int after(int state, int value) {
    int shown = state - state % PLACES;
    return switch (state % PLACES) {
      case 0 -> first(value, shown);
      case ONE_MORE -> follow(value, 0x80, 0xBF, shown);
      case TWO_MORE -> follow(value, 0x80, 0xBF, shown + ONE_MORE);
      case THREE_MORE -> follow(value, 0x80, 0xBF, shown + TWO_MORE);
      case AFTER_E0 -> follow(value, 0xA0, 0xBF, SHOWN + ONE_MORE);
      case AFTER_ED -> follow(value, 0x80, 0x9F, SHOWN + ONE_MORE);
      case AFTER_F0 -> follow(value, 0x90, 0xBF, SHOWN + TWO_MORE);
      case AFTER_F4 -> follow(value, 0x80, 0x8F, SHOWN + TWO_MORE);
      case AFTER_E1 -> follow(value, 0x80, 0xBF, (value == 0x9A ? shown : SHOWN) + ONE_MORE);
      case AFTER_E2 -> follow(value, 0x80, 0xBF, (value <= 0x81 ? shown : SHOWN) + ONE_MORE);
      case AFTER_E3 -> follow(value, 0x80, 0xBF, (value == 0x80 ? shown : SHOWN) + ONE_MORE);
      default -> throw new IllegalArgumentException("No UTF-8 state " + state);
    };
  }

  private static int first(int value, int shown) {
    if (value < 0x80) {
      return value > 0x20 && value < 0x7F ? SHOWN : shown;
    }
    return switch (value) {
      case 0xE0 -> shown + AFTER_E0;
      case 0xE1 -> shown + AFTER_E1;
      case 0xE2 -> shown + AFTER_E2;
      case 0xE3 -> shown + AFTER_E3;
      case 0xED -> shown + AFTER_ED;
      case 0xF0 -> shown + AFTER_F0;
      case 0xF4 -> shown + AFTER_F4;
      default -> {
        if (value >= 0xC2 && value <= 0xDF) {
          yield SHOWN + ONE_MORE;
        }
        if (value >= 0xE4 && value <= 0xEF) {
          yield SHOWN + TWO_MORE;
        }
        yield value >= 0xF1 && value <= 0xF3 ? SHOWN + THREE_MORE : BROKEN;
      }
    };
  }

  private static int follow(int value, int least, int most, int next) {
    return value >= least && value <= most ? next : BROKEN;
  }
}
