package io.siprec.server.internal.capture;

import io.siprec.rtp.CaptureScope;

/**
 * What is captured of calls.
 *
 * @param scope which RTP packets
 * @param decrypted whether those of encrypted lines are kept in clear
 * @param messages whether SIP messages are kept: they name participants
 */
public record CaptureRules(CaptureScope scope, boolean decrypted, boolean messages) {}
