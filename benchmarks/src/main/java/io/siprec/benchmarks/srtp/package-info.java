/** SRTP. */
package io.siprec.benchmarks.srtp;
