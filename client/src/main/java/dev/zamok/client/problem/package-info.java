/** The one failure of the client and its closed set of kinds. */
@NullMarked
package dev.zamok.client.problem;

import org.jspecify.annotations.NullMarked;
