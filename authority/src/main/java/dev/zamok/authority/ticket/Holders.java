package dev.zamok.authority.ticket;

import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.room.Rooms;

/** Where it is looked up who may hold a ticket: members, by sessions that have not ended. */
public record Holders(Rooms rooms, Liveness liveness) {}
