/** Accounts: registration, login, sessions, keysets and cards. */
@NullMarked
package dev.zamok.authority.account;

import org.jspecify.annotations.NullMarked;
