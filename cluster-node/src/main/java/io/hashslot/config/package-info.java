/**
 * The configuration: the table of all directives, the grammar of redis.conf and of the command
 * line, and what stands behind CONFIG GET, SET and REWRITE. Shared by every mode of the server.
 *
 * <p>Where to look: {@link io.hashslot.config.DirectiveTable} is the index; the rows stand in the
 * {@code …Directives} classes by subject, and {@link io.hashslot.config.InertDirectives} has those
 * that are accepted without effect, with the reason. {@link io.hashslot.config.Config} is the live
 * configuration of one server.
 *
 * <p>May use: the JDK only.
 */
@NullMarked
package io.hashslot.config;

import org.jspecify.annotations.NullMarked;
