/** The server certificate: given, or self-signed at first start. */
@NullMarked
package dev.zamok.app.tls;

import org.jspecify.annotations.NullMarked;
