/** Codecs. */
package io.siprec.benchmarks.codec;
