package dev.zamok.authority.audit;

/**
 * What is audited: what was permitted, not whether it then succeeded. Names are stored: never
 * change one.
 */
public enum AuditAction {
  /** Subject: the account. After {@link #ACCOUNT_ADMITTED} it says that the account was made. */
  ACCOUNT_REGISTERED,
  /**
   * Somebody may make an account by a letter. Subject: account 16 ‖ room 16 ‖ index of the
   * invitation u32.
   */
  ACCOUNT_ADMITTED,
  PASSWORD_CHANGED,
  KEYSET_REPLACED,
  CARD_REPLACED,
  LOGGED_IN,
  LOGIN_REFUSED,
  LOGGED_OUT,
  SESSION_REVOKED,
  DEVICE_CODE_CHANGED,
  DEVICE_FORGOTTEN,
  ROOM_CREATED,
  ROOM_RENAMED,
  MEMBER_JOINED,
  MEMBER_PUT,
  MEMBER_REMOVED,
  CHAIN_EXTENDED,
  ROOM_ROTATED,
  LINK_MADE,
  LINK_OPENED,
  LINK_REVOKED,
  INVITATION_SENT,
  PARCEL_SENT,
  PARCEL_OPENED,
  PARCEL_REVOKED
}
