package io.searchloop.streams.activation;

/** Key of a chunk record, {@code release_id/index}. A key of another form belongs to no release. */
record ChunkKey(String releaseId, int index) {
  private static final ChunkKey NONE = new ChunkKey("", -1);

  static ChunkKey parse(String key) {
    int slash = key.lastIndexOf('/');
    try {
      return slash < 0
          ? NONE
          : new ChunkKey(key.substring(0, slash), Integer.parseInt(key.substring(slash + 1)));
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
