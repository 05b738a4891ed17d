/** The server roles: each class here builds one process out of its parts. */
@NullMarked
package dev.zamok.app.server;

import org.jspecify.annotations.NullMarked;
