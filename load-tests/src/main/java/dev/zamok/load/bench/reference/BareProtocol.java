package dev.zamok.load.bench.reference;

/**
 * What reference and generator say to each other, in binary WebSocket messages.
 *
 * <pre>
 * JOIN    01 | room u32                 JOINED  82 | room u32
 * PUBLISH 02 | room u32 | body ...      ENTRY   83 | room u32 | body ...
 * </pre>
 *
 * Everybody in a room gets what is published there, its author too.
 */
public final class BareProtocol {
  public static final int JOIN = 0x01;
  public static final int PUBLISH = 0x02;
  public static final int JOINED = 0x82;
  public static final int ENTRY = 0x83;

  /** Of every message: type and room. */
  public static final int HEADER_BYTES = 5;

  /** What the reference prints once it listens, before its port. */
  public static final String READY = "ready: port ";

  private BareProtocol() {}
}
