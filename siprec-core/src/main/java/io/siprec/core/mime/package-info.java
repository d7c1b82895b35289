/** Message bodies: media types and multipart (RFC 2045, RFC 2046, RFC 5621). */
package io.siprec.core.mime;
