/** What is kept of a recording session so that another process can go on with it, and its JSON form. */
package io.siprec.core.snapshot;
