/**
 * What the hub is compared with: a bare Netty server that fans out, and does nothing else. No
 * tickets, no rights, no order, no protocol to speak of.
 */
@NullMarked
package dev.zamok.load.bench.reference;

import org.jspecify.annotations.NullMarked;
