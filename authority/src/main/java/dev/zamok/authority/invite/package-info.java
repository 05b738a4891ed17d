/** Invitations of people who may have no account yet: letters, and lists of what is pending. */
@NullMarked
package dev.zamok.authority.invite;

import org.jspecify.annotations.NullMarked;
