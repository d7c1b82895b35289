/** What recording costs for each packet, beside the least that it can cost: a sender and a recorder in C, and our server. */
package io.siprec.benchmarks.media;
