package dev.zamok.client.connection;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.link.FrameTap;
import dev.zamok.client.link.HubLink;
import dev.zamok.client.loop.Loop;
import java.net.URI;
import java.util.random.RandomGenerator;

/**
 * What a {@link HubConnection} is made of.
 *
 * @param server the authority's address, against which a hub that is a path is resolved
 */
public record ConnectionParts(
    Loop loop,
    URI server,
    HubLink.Dialer dialer,
    SessionApi authority,
    RandomGenerator jitter,
    FrameTap tap) {}
