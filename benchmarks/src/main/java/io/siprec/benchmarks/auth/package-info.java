/** What digest authentication costs. */
package io.siprec.benchmarks.auth;
