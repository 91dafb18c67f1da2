package io.searchloop.streams.inference;

/** How a graph keeps what it has read; see docs/adr/0034. */
enum GraphForm {
  /** All rows of a batch are equally long; one tensor holds the cache of all layers. */
  EVEN,
  /** Each row has a cache of its own length; requests of any age decode together. */
  RAGGED
}
