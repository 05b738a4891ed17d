package dev.zamok.client.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small named JSON documents that outlive the client. Fails with {@code PROFILE}. */
public interface ProfileStore extends AutoCloseable {
  /** Null when there is none of that name. */
  @Nullable ObjectNode read(String name);

  /** Replaces the document as a whole: a crash leaves the old or the new one. */
  void write(String name, ObjectNode document);

  /** Nothing happens when there is none of that name. */
  void delete(String name);

  /** Bytes that may be lost: null when there are none of that name, or they cannot be read. */
  @Nullable Bytes readCache(String name);

  /** Replaces them as a whole. What cannot be written is left. */
  void writeCache(String name, Bytes content);

  /** The names of all of them. */
  List<String> caches();

  void deleteCache(String name);

  @Override
  void close();

  /** Forgets everything with the client: nothing is pinned beyond it. */
  static ProfileStore inMemory() {
    return new ProfileStore() {
      private final Map<String, ObjectNode> documents = new HashMap<>();
      private final Map<String, Bytes> caches = new HashMap<>();

      @Override
      public @Nullable ObjectNode read(String name) {
        ObjectNode document = documents.get(name);
        return document == null ? null : document.deepCopy();
      }

      @Override
      public void write(String name, ObjectNode document) {
        documents.put(name, document.deepCopy());
      }

      @Override
      public @Nullable Bytes readCache(String name) {
        return caches.get(name);
      }

      @Override
      public void writeCache(String name, Bytes content) {
        caches.put(name, content);
      }

      @Override
      public List<String> caches() {
        return List.copyOf(caches.keySet());
      }

      @Override
      public void deleteCache(String name) {
        caches.remove(name);
      }

      @Override
      public void delete(String name) {
        documents.remove(name);
      }

      @Override
      public void close() {}
    };
  }

  /** The failure of a document that does not say what it should. */
  static ClientProblem broken(String name) {
    return ClientProblem.of(
        ClientProblem.Kind.PROFILE, "the profile is damaged: " + name + " cannot be read");
  }
}
