/** What an SRC tells of a recorded call beside RFC 7865: correlation ids, identities, vendor headers, as named attributes. */
package io.siprec.core.attributes;
