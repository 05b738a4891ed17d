/**
 * {@code zamok chat}: the terminal client. What is typed is parsed in {@code input}, what happens
 * is put into words in {@code show}, words reach the terminal through {@code screen}; here they
 * meet.
 */
@NullMarked
package dev.zamok.app.chat;

import org.jspecify.annotations.NullMarked;
