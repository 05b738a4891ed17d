/** Single secrets left with the server for whoever has the link. */
@NullMarked
package dev.zamok.authority.link;

import org.jspecify.annotations.NullMarked;
