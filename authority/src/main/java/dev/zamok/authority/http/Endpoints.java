package dev.zamok.authority.http;

/** A domain's share of the contract. */
@FunctionalInterface
public interface Endpoints {
  /** Calls {@link Api#on} once per operation. */
  void addTo(Api api);
}
