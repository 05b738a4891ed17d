package dev.zamok.client.contact;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.PinnedCard;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.UnprovenCard;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cards of all accounts this client met. The first card of an account is pinned (trust on first
 * use); another one later is accepted only if an unbroken line of successors, each signed by the
 * key before it, leads to it. Belongs to the client's loop.
 */
public final class Directory implements Cards {
  /** How many times an account may have replaced its keys since it was pinned. */
  static final int SUCCESSIONS_MAX = 8;

  private final SessionApi authority;
  private final Loop loop;
  private final Profile profile;
  private final Map<Fingerprint, Contact> known = new HashMap<>();

  public Directory(SessionApi authority, Loop loop, Profile profile) {
    this.authority = authority;
    this.loop = loop;
    this.profile = profile;
  }

  /** One's own card, known without asking. */
  public void self(String login, Card card) {
    self(login, List.of(card));
  }

  /**
   * All that one has or had.
   *
   * @param cards the newest first
   */
  public void self(String login, List<Card> cards) {
    cards.forEach(card -> remember(new Contact(login, card)));
    pinned(new Contact(login, cards.get(0)));
  }

  @Override
  public @Nullable Card byFingerprint(Fingerprint fingerprint) {
    Contact contact = known.get(fingerprint);
    return contact == null ? null : contact.card();
  }

  public @Nullable Contact contact(Fingerprint fingerprint) {
    return known.get(fingerprint);
  }

  /**
   * The account of that login name, pinned now if it was not. Fails with {@code REFUSED} ({@code
   * not-found}), loudly with {@code CARD_CHANGED}, for a card too that was replaced before the eyes
   * of this client: what is sealed to it now, whoever has the former keys opens.
   */
  public CompletableFuture<Contact> lookup(String login) {
    return served(login).thenCompose(this::newest).thenApply(this::taken);
  }

  /**
   * As {@link #lookup}, but leaves what is new unpinned: somebody looks at it first, and {@link
   * #pin} follows when he takes it for genuine.
   */
  public CompletableFuture<Contact> look(String login) {
    return served(login).thenCompose(this::newest).thenApply(Sight::contact);
  }

  /** The card is taken for genuine from now on. Fails loudly with {@code CARD_CHANGED}. */
  public CompletableFuture<Contact> pin(Contact contact) {
    return newest(contact).thenApply(this::taken);
  }

  /**
   * Which of these are cards that have a successor now, by what the authority says: it can hide one
   * that this client never saw. Fails loudly with {@code CARD_CHANGED}.
   */
  public CompletableFuture<Set<Fingerprint>> replaced(Collection<Contact> contacts) {
    List<AccountId> accounts =
        contacts.stream()
            .filter(contact -> !contact.isGroup())
            .map(Contact::account)
            .distinct()
            .toList();
    Map<AccountId, Fingerprint> newest = new HashMap<>();
    List<List<AccountId>> pages = new ArrayList<>();
    for (int at = 0; at < accounts.size(); at += SessionApi.CARDS_PER_QUERY_MAX) {
      int end = Math.min(accounts.size(), at + SessionApi.CARDS_PER_QUERY_MAX);
      pages.add(accounts.subList(at, end));
    }
    return Futures.each(pages, page -> newest(page, newest))
        .thenApply(
            done ->
                contacts.stream()
                    .filter(
                        contact ->
                            !contact
                                .fingerprint()
                                .equals(
                                    newest.getOrDefault(contact.account(), contact.fingerprint())))
                    .map(Contact::fingerprint)
                    .collect(Collectors.toSet()));
  }

  private CompletableFuture<Void> newest(List<AccountId> page, Map<AccountId, Fingerprint> into) {
    return authority
        .cards(new SessionApi.CardQuery(List.of(), page, List.of()))
        .thenCompose(
            answers ->
                Futures.each(
                    answers,
                    answer ->
                        newest(answer)
                            .thenAccept(
                                sight ->
                                    into.put(
                                        sight.contact().account(),
                                        sight.contact().fingerprint()))));
  }

  private CompletableFuture<Sight> newest(Answers.Account answer) {
    return newest(shown(answer));
  }

  private CompletableFuture<Sight> newest(Contact shown) {
    PinnedCard pinned = profile.contact(shown.account());
    if (pinned != null && pinned.card().seq() > shown.card().seq()) {
      throw changed(shown.login());
    }
    return checked(shown);
  }

  private CompletableFuture<Answers.Account> served(String login) {
    return authority
        .cards(SessionApi.CardQuery.login(login))
        .thenApply(
            answers -> {
              if (answers.isEmpty()) {
                throw ClientProblem.refused(Kind.REFUSED, "not-found", "no such account", 0);
              }
              Answers.Account answer = answers.get(0);
              if (answers.size() > 1 || !answer.login().equals(login)) {
                throw ClientProblem.tampered("the server answered for another account");
              }
              return answer;
            });
  }

  /**
   * Takes a card that this account proved in an earlier run and kept under its own seal, where it
   * is pinned exactly so; any other is asked for when it is needed.
   */
  public void recall(String login, UnprovenCard card) {
    Fingerprint fingerprint = card.fingerprint();
    if (!known.containsKey(fingerprint) && profile.isPinned(login, card.account(), fingerprint)) {
      remember(new Contact(login, card.provenBefore()));
    }
  }

  /** Learns the cards with these fingerprints; those the authority does not have stay unknown. */
  public CompletableFuture<Void> load(Collection<Fingerprint> fingerprints) {
    Set<Fingerprint> missing = new LinkedHashSet<>(fingerprints);
    missing.removeAll(known.keySet());
    List<Fingerprint> all = new ArrayList<>(missing);
    List<List<Fingerprint>> pages = new ArrayList<>();
    for (int at = 0; at < all.size(); at += SessionApi.CARDS_PER_QUERY_MAX) {
      pages.add(all.subList(at, Math.min(all.size(), at + SessionApi.CARDS_PER_QUERY_MAX)));
    }
    return Futures.each(pages, this::loadPage);
  }

  private CompletableFuture<Void> loadPage(List<Fingerprint> fingerprints) {
    return authority
        .cards(SessionApi.CardQuery.fingerprints(fingerprints))
        .thenCompose(answers -> Futures.aside(loop, answers, Directory::shown))
        .thenCompose(
            contacts -> {
              Set<Fingerprint> asked = new HashSet<>(fingerprints);
              profile.holdContacts();
              return Futures.each(contacts, contact -> take(asked, contact))
                  .whenComplete((done, failure) -> profile.releaseContacts());
            });
  }

  private CompletableFuture<Void> take(Set<Fingerprint> asked, Contact contact) {
    if (!asked.contains(contact.fingerprint())) {
      throw ClientProblem.tampered("the server answered with another card");
    }
    return checked(contact).thenApply(this::taken).thenApply(taken -> null);
  }

  /** Checks what the authority says against the pins. Fails loudly with {@code CARD_CHANGED}. */
  public CompletableFuture<Contact> accept(Answers.Account answer) {
    return checked(shown(answer)).thenApply(this::taken);
  }

  private static Contact shown(Answers.Account answer) {
    Card card = parse(answer.card());
    if (!card.account().equals(answer.account())) {
      throw ClientProblem.tampered("the server shows the card of another account");
    }
    return new Contact(answer.login(), card);
  }

  /**
   * A card that no pin speaks against.
   *
   * @param newest whether it is to be pinned, once it is taken
   */
  private record Sight(Contact contact, boolean newest) {}

  private Contact taken(Sight sight) {
    return sight.newest() ? pinned(sight.contact()) : remember(sight.contact());
  }

  private CompletableFuture<Sight> checked(Contact shown) {
    Card card = shown.card();
    if (profile.isPinned(shown.login(), card.account(), card.fingerprint())) {
      return CompletableFuture.completedFuture(new Sight(shown, false));
    }
    Optional<PinnedCard> sameName = profile.contact(shown.login());
    if (sameName.isPresent() && !sameName.get().card().account().equals(card.account())) {
      throw changed(shown.login());
    }
    PinnedCard pinned = profile.contact(card.account());
    if (pinned == null) {
      return CompletableFuture.completedFuture(new Sight(shown, true));
    }
    if (!pinned.login().equals(shown.login())) {
      // An account known by one name must not be shown under another: it would pass for somebody.
      throw changed(shown.login());
    }
    if (pinned.card().equals(card)) {
      return CompletableFuture.completedFuture(new Sight(shown, false));
    }
    if (card.seq() > pinned.card().seq()) {
      return succession(pinned.card(), card, shown).thenApply(proved -> new Sight(shown, true));
    }
    // An older card of the account, such as in an old statement: the pinned one must lead back.
    return succession(card, pinned.card(), shown).thenApply(proved -> new Sight(shown, false));
  }

  /** Completes when signed successors lead from {@code old} to {@code newest}. */
  private CompletableFuture<Void> succession(Card old, Card newest, Contact shown) {
    int steps = newest.seq() - old.seq();
    if (steps < 1 || steps > SUCCESSIONS_MAX) {
      throw changed(shown.login());
    }
    if (steps == 1) {
      try {
        newest.requireSuccessorOf(old);
        return CompletableFuture.completedFuture(null);
      } catch (CryptoFailure e) {
        throw changed(shown.login());
      }
    }
    Fingerprint before = new Fingerprint(newest.previous().bytes());
    return authority
        .cards(SessionApi.CardQuery.fingerprints(List.of(before)))
        .thenCompose(
            answers -> {
              Card middle = answers.size() == 1 ? parse(answers.get(0).card()) : old;
              try {
                newest.requireSuccessorOf(middle);
              } catch (CryptoFailure e) {
                throw changed(shown.login());
              }
              return succession(old, middle, shown);
            });
  }

  private Contact pinned(Contact contact) {
    if (!profile.isPinned(contact.login(), contact.account(), contact.fingerprint())) {
      profile.pinContact(new PinnedCard(contact.login(), contact.card()));
    }
    return remember(contact);
  }

  private Contact remember(Contact contact) {
    known.put(contact.fingerprint(), contact);
    return contact;
  }

  private static Card parse(Bytes encoded) {
    try {
      return Card.parse(encoded);
    } catch (MalformedException | CryptoFailure e) {
      throw ClientProblem.tampered("a card that does not verify");
    }
  }

  private static ClientProblem changed(String login) {
    return ClientProblem.of(
        Kind.CARD_CHANGED, "the card of " + login + " is not the one known before");
  }
}
