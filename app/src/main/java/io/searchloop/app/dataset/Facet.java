package io.searchloop.app.dataset;

/**
 * A property a shopper may insist on.
 *
 * @param kind which property
 * @param value its value; empty for none
 */
record Facet(Kind kind, String value) {
  static final Facet NONE = new Facet(Kind.NONE, "");

  /** Which property. */
  enum Kind {
    NONE,
    BRAND,
    MATERIAL,
    COLOUR
  }
}
