package dev.zamok.client;

import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;
import java.time.Instant;

/**
 * A login of the account on one device.
 *
 * @param deviceName as the device called itself, empty if it did not
 * @param current whether it is this one
 * @param kept whether the device is unlocked without the master password
 */
public record DeviceLogin(
    SessionId session,
    DeviceId device,
    String deviceName,
    Instant since,
    Instant lastSeen,
    boolean current,
    boolean kept) {}
