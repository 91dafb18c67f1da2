package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.fuzzing.Bounds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A directory of a shop whose files an input fills. */
record ShopFolder(Path folder, List<String> files) {

  /** Writes the parts to the files, gunzipped names packed, and reads them as a shop. */
  void read(List<byte[]> parts) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Path file = folder.resolve(files.get(i));
      try (OutputStream bytes = Files.newOutputStream(file);
          OutputStream out = files.get(i).endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
        out.write(parts.get(i));
      }
    }
    read();
  }

  /** Reads the directory as a shop. */
  void read() {
    try {
      Dataset shop = DatasetReader.read(folder);
      assertThat(shop.products()).isNotEmpty();
      shop.queries()
          .forEach(
              query -> {
                assertThat(query.text()).isNotEmpty();
                shop.gains(query).values().forEach(gain -> assertThat(gain).isNotNegative());
              });
      assertThat(shop.problems().first()).hasSizeLessThanOrEqualTo(Problems.LISTED);
    } catch (UnreadableDatasetException e) {
      Bounds.requireNamed(e, folder.toString());
    }
  }
}
