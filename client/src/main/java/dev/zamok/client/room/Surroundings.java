package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.cache.Caches;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.Control;
import dev.zamok.client.key.GroupBook;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.identity.Identity;
import java.security.SecureRandom;

/** What all rooms of a session share. */
public record Surroundings(
    Loop loop,
    SessionApi authority,
    Directory directory,
    Control control,
    Keys keys,
    GroupBook groups) {

  /** With a new book of groups. */
  public Surroundings(
      Loop loop, SessionApi authority, Directory directory, Control control, Keys keys) {
    this(
        loop,
        authority,
        directory,
        control,
        keys,
        new GroupBook(keys.own(), authority, directory, loop, keys.profile()));
  }

  /** What belongs to this account on this device. */
  public record Keys(OwnKeys own, Profile profile, SecureRandom random, Caches caches) {
    /** The newest keys: what is new is made and signed by them. */
    public Identity self() {
      return own.newest();
    }

    @Override
    public String toString() {
      return "Keys[" + self().fingerprint() + "]";
    }
  }

  Identity self() {
    return keys.self();
  }

  OwnKeys own() {
    return keys.own();
  }

  Caches caches() {
    return keys.caches();
  }

  Profile profile() {
    return keys.profile();
  }

  SecureRandom random() {
    return keys.random();
  }

  Draft.Signer signer() {
    return signer(keys.self());
  }

  Draft.Signer signer(Identity as) {
    return new Draft.Signer(as, keys.random(), loop.wallMillis());
  }
}
