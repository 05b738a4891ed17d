package dev.zamok.hub.endpoint;

import java.net.InetSocketAddress;

/**
 * Where requests for a path go that is not the hub's own; the longest prefix wins.
 *
 * <p>The first request of a connection decides for all of them: from then on bytes are passed on as
 * they are. So every target must check its own callers.
 *
 * @param prefix of the path, starts with a slash
 * @param target speaks HTTP/1.1 in the clear behind a PROXY protocol header, version 2
 */
public record Route(String prefix, InetSocketAddress target) {}
