/** What the metadata of a recording session has said over time: calls, attendances, and who was heard where (RFC 7865). */
package io.siprec.core.history;
