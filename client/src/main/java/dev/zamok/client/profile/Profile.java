package dev.zamok.client.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.UnprovenCard;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client remembers between runs, one account on one server: pins and counters, and where the
 * user wants it a {@link KeptDevice}. It holds no password, and no key that opens without the
 * server; whoever can change it can undo pins, whoever can read it learns whom the user knows, and
 * is a kept device to the server until that is forgotten.
 *
 * <p>Documents: {@code device}, {@code account}, {@code server} (certificate), {@code control}
 * (keys that sign rekeys), {@code contacts} (cards), {@code received} (copies that were taken),
 * {@code room-ID}, {@code kept} (device), {@code choice} (whether to ask for that), {@code
 * opened-ID} and {@code audit-ID} (ends of lines of openings). Belongs to the client's loop; writes
 * block for about a millisecond.
 */
public final class Profile implements AutoCloseable {
  private static final String CONTACTS = "contacts";
  private static final String KEPT = "kept";
  private static final String CHOICE = "choice";
  private static final String ROOM = "room-";
  private static final String RECEIVED = "received";
  private static final int RECEIVED_MAX = 2_000;

  private final ProfileStore store;
  private final DeviceId device;
  private final Map<AccountId, Kept> contacts = new LinkedHashMap<>();
  private final Map<String, Kept> names = new HashMap<>();
  private final Map<RoomId, RoomPins> rooms = new HashMap<>();
  private int holding;
  private boolean unwritten;

  /** A contact as the document has it: hundreds of cards are not proven before one is needed. */
  private record Kept(String login, UnprovenCard card) {
    private PinnedCard proven() {
      return new PinnedCard(login, parse(CONTACTS, card::prove));
    }
  }

  /** Fails with {@code PROFILE}. */
  public Profile(ProfileStore store, SecureRandom random) {
    this.store = store;
    this.device = readDevice(random);
    readContacts();
  }

  public DeviceId device() {
    return device;
  }

  /** Makes this the profile of {@code account}; fails with {@code PROFILE} when it is another's. */
  public void bind(AccountId account, String login) {
    ObjectNode document = store.read("account");
    if (document == null) {
      document = JsonNodeFactory.instance.objectNode();
      document.put("account", account.toString()).put("login", login);
      store.write("account", document);
    } else if (!document.path("account").asText().equals(account.toString())) {
      throw ClientProblem.of(Kind.PROFILE, "the profile belongs to another account");
    }
  }

  /** Empty unless the user wants this device kept. */
  public Optional<KeptDevice> keptDevice() {
    ObjectNode document = store.read(KEPT);
    return document == null
        ? Optional.empty()
        : Optional.of(parse(KEPT, () -> KeptDevice.fromJson(document)));
  }

  public void keepDevice(KeptDevice kept) {
    store.write(KEPT, kept.toJson());
  }

  /** With everything that it kept of rooms. */
  public void forgetDevice() {
    store.delete(KEPT);
    retainCaches(Set.of());
  }

  /** Sealed by the caller; null when there is none. */
  public @Nullable Bytes cache(RoomId room) {
    return store.readCache(ROOM + room);
  }

  public void cache(RoomId room, Bytes sealed) {
    store.writeCache(ROOM + room, sealed);
  }

  /** Deletes what is kept of other rooms. */
  public void retainCaches(Set<RoomId> present) {
    Set<String> names =
        present.stream().map(room -> ROOM + room).collect(Collectors.toUnmodifiableSet());
    store.caches().stream().filter(name -> !names.contains(name)).forEach(store::deleteCache);
  }

  /** Whether the user said that this device is not to be kept. */
  public boolean wantsMasterPassword() {
    ObjectNode document = store.read(CHOICE);
    return document != null && document.path("masterPassword").asBoolean();
  }

  public void setWantsMasterPassword(boolean wants) {
    store.write(CHOICE, JsonNodeFactory.instance.objectNode().put("masterPassword", wants));
  }

  /** A document of its own, such as the end of a line of openings; null when there is none. */
  public @Nullable ObjectNode note(String name) {
    return store.read(name);
  }

  public void note(String name, ObjectNode document) {
    store.write(name, document);
  }

  /** The SHA-256 of the server's certificate, as {@code CertificatePin} writes it. */
  public Optional<String> serverPin() {
    ObjectNode document = store.read("server");
    return document == null ? Optional.empty() : Optional.of(document.path("sha256").asText());
  }

  public void pinServer(String sha256) {
    store.write("server", JsonNodeFactory.instance.objectNode().put("sha256", sha256));
  }

  /** Empty when none are pinned yet. */
  public List<VerifyKey> controlKeys() {
    ObjectNode document = store.read("control");
    List<VerifyKey> keys = new ArrayList<>();
    if (document != null) {
      for (JsonNode key : document.path("ed25519")) {
        keys.add(parse("control", () -> VerifyKey.of(Bytes.fromBase64Url(key.asText()))));
      }
    }
    return keys;
  }

  public void pinControlKeys(List<VerifyKey> keys) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    var list = document.putArray("ed25519");
    keys.forEach(key -> list.add(key.bytes().toBase64Url()));
    store.write("control", document);
  }

  /** Fails with {@code PROFILE} for a card that does not verify. */
  public @Nullable PinnedCard contact(AccountId account) {
    Kept kept = contacts.get(account);
    return kept == null ? null : kept.proven();
  }

  /** Of this login name, as it was called when it was pinned. */
  public Optional<PinnedCard> contact(String login) {
    return Optional.ofNullable(names.get(login)).map(Kept::proven);
  }

  /** Whether exactly that card is pinned, under exactly that name, and is the one of that name. */
  public boolean isPinned(String login, AccountId account, Fingerprint fingerprint) {
    Kept kept = contacts.get(account);
    Kept named = names.get(login);
    return kept != null
        && kept.login().equals(login)
        && kept.card().fingerprint().equals(fingerprint)
        && named != null
        && named.card().account().equals(account);
  }

  public void pinContact(PinnedCard contact) {
    Card card = contact.card();
    contacts.put(card.account(), new Kept(contact.login(), UnprovenCard.parse(card.encoded())));
    names.clear();
    contacts.values().forEach(kept -> names.putIfAbsent(kept.login(), kept));
    unwritten = true;
    if (holding == 0) {
      writeContacts();
    }
  }

  /** Contacts are pinned at once, and written together with the last of as many releases. */
  public void holdContacts() {
    holding++;
  }

  /** After each {@link #holdContacts}. */
  public void releaseContacts() {
    holding--;
    if (holding == 0 && unwritten) {
      writeContacts();
    }
  }

  private void writeContacts() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    contacts.forEach(
        (account, kept) ->
            document
                .putObject(account.toString())
                .put("login", kept.login())
                .put("card", kept.card().encoded().toBase64Url()));
    store.write(CONTACTS, document);
    unwritten = false;
  }

  /** Whether a copy of that id was taken before. */
  public boolean wasReceived(Bytes id) {
    return receivedIds().contains(id.toBase64Url());
  }

  /** Remembers that one was taken, of the newest {@value #RECEIVED_MAX}. */
  public void received(Bytes id) {
    List<String> ids = receivedIds();
    ids.add(id.toBase64Url());
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    var list = document.putArray("ids");
    ids.subList(Math.max(0, ids.size() - RECEIVED_MAX), ids.size()).forEach(list::add);
    store.write(RECEIVED, document);
  }

  private List<String> receivedIds() {
    ObjectNode document = store.read(RECEIVED);
    List<String> ids = new ArrayList<>();
    if (document != null) {
      document.path("ids").forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }

  public RoomPins room(RoomId room) {
    return rooms.computeIfAbsent(room, id -> new RoomPins(store, ROOM + id));
  }

  /** Writes what waits and gives back what was reserved in vain. */
  @Override
  public void close() {
    rooms.values().forEach(RoomPins::close);
    rooms.clear();
    store.close();
  }

  private DeviceId readDevice(SecureRandom random) {
    ObjectNode document = store.read("device");
    if (document != null) {
      String text = document.path("device").asText();
      return parse("device", () -> DeviceId.parse(text));
    }
    DeviceId made = DeviceId.random(random);
    store.write("device", JsonNodeFactory.instance.objectNode().put("device", made.toString()));
    return made;
  }

  private void readContacts() {
    ObjectNode document = store.read(CONTACTS);
    if (document == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      String login = field.getValue().path("login").asText();
      String encoded = field.getValue().path("card").asText();
      UnprovenCard card = parse(CONTACTS, () -> UnprovenCard.parse(Bytes.fromBase64Url(encoded)));
      Kept kept = new Kept(login, card);
      contacts.put(card.account(), kept);
      names.putIfAbsent(login, kept);
    }
  }

  static <T> T parse(String name, java.util.function.Supplier<T> parse) {
    try {
      return parse.get();
    } catch (RuntimeException e) {
      throw ProfileStore.broken(name);
    }
  }
}
