package dev.zamok.authority.alert;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Something that can be wrong. Called on the event loop of the authority; must not block. */
public interface Condition {
  /** Of at most 32 characters {@code a-z} and {@code -}; stable. */
  String kind();

  /**
   * What is wrong now: subjects (at most 128 characters, such as the address of a node) with a line
   * of text for people, which holds no secret.
   *
   * @param raised subjects that some authority raised and nobody cleared
   */
  Future<Map<String, String>> check(Set<String> raised);
}
