package dev.zamok.authority.rights;

import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;

/** Who asks: made only by checking the token of a session. */
public record Principal(AccountId account, SessionId session, DeviceId device) {}
