package dev.zamok.authority.node;

import dev.zamok.authority.alert.AlertConfig;
import dev.zamok.authority.alert.Recipients;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is watched beside the nodes themselves, and who is told.
 *
 * @param told of every alert
 * @param disks files or directories whose disks must not fill up
 * @param certificate when the certificate of this process ends; empty when it has none
 */
public record Watch(
    AlertConfig pace, Recipients told, List<Path> disks, Supplier<Optional<Instant>> certificate) {
  public static final Watch NOTHING =
      new Watch(AlertConfig.DEFAULT, Recipients.NONE, List.of(), Optional::empty);

  public Watch {
    disks = List.copyOf(disks);
  }
}
