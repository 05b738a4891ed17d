/** The server API for backends. */
@NullMarked
package dev.zamok.hub.service;

import org.jspecify.annotations.NullMarked;
