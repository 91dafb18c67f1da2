package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of one or several safetensors files as one source of weights. Nothing is read before
 * a tensor is asked for, and then from a mapping of its part of the file.
 *
 * <p>Owns the open files until {@link #close}. Thread owner: the trainer thread.
 */
public final class SafetensorsWeights implements WeightSource, AutoCloseable {
  private record Place(
      Path file, FileChannel channel, long dataStart, SafetensorsHeader.Entry entry) {}

  private final List<FileChannel> channels = new ArrayList<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private SafetensorsWeights() {}

  /**
   * Opens files and reads their headers.
   *
   * @param files in the order of their tensors
   * @param wanted names to offer; others are as if the files lacked them
   * @throws IllegalArgumentException if a header does not describe its file, or two files hold a
   *     tensor of the same name
   */
  public static SafetensorsWeights open(List<Path> files, Predicate<String> wanted) {
    SafetensorsWeights weights = new SafetensorsWeights();
    try {
      for (Path file : files) {
        weights.add(file, wanted);
      }
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** The file of each tensor. */
  public Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    places.forEach((name, place) -> files.put(name, place.file()));
    return files;
  }

  @Override
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    places.forEach((name, place) -> shapes.put(name, place.entry().shape()));
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public void copyInto(String name, Tensor target) {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "safetensors: no tensor `%s` in %s".formatted(name, places.keySet()));
    }
    try {
      MappedTensor.copy(place.channel(), place.dataStart(), place.entry(), target);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read tensor `" + name + "` of " + place.file(), e);
    }
  }

  @Override
  public void close() {
    try {
      for (FileChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close a safetensors file", e);
    }
  }

  private void add(Path file, Predicate<String> wanted) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channels.add(channel);
      SafetensorsHeader header = SafetensorsHeader.read(channel, file);
      for (SafetensorsHeader.Entry entry : header.entries()) {
        if (wanted.test(entry.name())) {
          add(new Place(file, channel, header.dataStart(), entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open safetensors file " + file, e);
    }
  }

  private void add(Place place) {
    Place other = places.putIfAbsent(place.entry().name(), place);
    if (other != null) {
      throw new IllegalArgumentException(
          "tensor `%s` is in %s and in %s, expected in one. Remove the file that does not belong."
              .formatted(place.entry().name(), other.file(), place.file()));
    }
  }
}
