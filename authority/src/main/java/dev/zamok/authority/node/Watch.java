package dev.zamok.authority.node;

import dev.zamok.authority.alert.AlertConfig;
import dev.zamok.authority.alert.MailSink.Mail;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is watched beside the nodes themselves, and who is told.
 *
 * @param webhooks told of every alert; may hold secrets
 * @param mail where letters go of every alert; null: nowhere
 * @param disks files or directories whose disks must not fill up
 * @param certificate when the certificate of this process ends; empty when it has none
 */
public record Watch(
    AlertConfig pace,
    List<URI> webhooks,
    @Nullable Mail mail,
    List<Path> disks,
    Supplier<Optional<Instant>> certificate) {
  public static final Watch NOTHING =
      new Watch(AlertConfig.DEFAULT, List.of(), null, List.of(), Optional::empty);

  public Watch {
    webhooks = List.copyOf(webhooks);
    disks = List.copyOf(disks);
  }

  @Override
  public String toString() {
    return "Watch[" + webhooks.size() + " webhooks, disks " + disks + "]";
  }
}
