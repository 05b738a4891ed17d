/** {@code zamok device}: the devices that an account is open on. */
@NullMarked
package dev.zamok.app.device;

import org.jspecify.annotations.NullMarked;
