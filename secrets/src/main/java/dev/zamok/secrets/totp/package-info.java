/** One-time codes of an otpauth URI (RFC 6238). */
@NullMarked
package dev.zamok.secrets.totp;

import org.jspecify.annotations.NullMarked;
