/** What every part of a recording server shares. */
package io.siprec.core;
