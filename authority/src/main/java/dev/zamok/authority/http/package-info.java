/** The HTTP surface: contract, authentication, limits, problems. Domains add their operations. */
@NullMarked
package dev.zamok.authority.http;

import org.jspecify.annotations.NullMarked;
