/**
 * The store on a Cassandra or ScyllaDB ring. How it works and what it takes: {@code
 * authority/STORE.md}.
 */
@NullMarked
package dev.zamok.authority.store.cassandra;

import org.jspecify.annotations.NullMarked;
