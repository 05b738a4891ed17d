/** A device that keeps an account unlocked, together with a half that its server holds. */
@NullMarked
package dev.zamok.client.device;

import org.jspecify.annotations.NullMarked;
