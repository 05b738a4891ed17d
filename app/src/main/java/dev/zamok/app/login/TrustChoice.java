package dev.zamok.app.login;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** By what the user wants to know the server; by nothing named, the pin of the profile. */
public record TrustChoice(@Nullable String fingerprint, @Nullable Path ca, boolean system) {}
