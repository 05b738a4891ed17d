/** The server that takes what is mailed, by SMTP. */
@NullMarked
package dev.zamok.authority.mail;

import org.jspecify.annotations.NullMarked;
