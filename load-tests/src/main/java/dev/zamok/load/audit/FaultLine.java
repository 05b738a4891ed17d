package dev.zamok.load.audit;

import java.time.Duration;

/**
 * What a fault did.
 *
 * @param sent how many messages were published first during it
 * @param lost acknowledged, and not in history
 * @param doubled twice in history
 * @param pause the longest time during it in which no message was acknowledged to anybody
 */
public record FaultLine(
    String name, int sent, int acknowledged, int unknown, int lost, int doubled, Duration pause) {}
