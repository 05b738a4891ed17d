package dev.zamok.authority.account;

/** What the operations on accounts share. */
record AccountParts(
    AccountConfig config,
    Limits limits,
    PasswordPool pool,
    Directory directory,
    Registrar registrar,
    Credentials credentials,
    Sessions sessions,
    DeviceCodes deviceCodes,
    SessionEnd end,
    AccountHook hook) {}
