/** From options to an open session: which server, who is there, the keys; and what went wrong. */
@NullMarked
package dev.zamok.app.login;

import org.jspecify.annotations.NullMarked;
