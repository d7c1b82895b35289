package io.siprec.store.redis.internal;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.siprec.core.spi.SessionStoreException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong with Redis, in words for the operator, and whether another connection may do better. */
final class Failures {
    private static final int MAX_CHARS = 200;

    /** Errors of a server that has not the say, or none yet. */
    private static final Set<String> WRONG_SERVER = Set.of(
            "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "NOAUTH", "NOREPLICAS");

    private static final Map<String, String> EXPLAINED = Map.of(
            "OOM", "is out of memory: raise its maxmemory",
            "NOAUTH", "wants a password: set REDIS_PASSWORD",
            "WRONGPASS", "refuses the user or the password: see REDIS_USERNAME and REDIS_PASSWORD",
            "READONLY", "is a replica now",
            "LOADING", "is loading its data",
            "WRONGTYPE", "has something else under a key of ours: see REDIS_KEY_PREFIX",
            "MISCONF", "can't write its data to disk, and takes none therefore");

    private static final Pattern IN_SCRIPT = Pattern.compile("ERR Error running script .*: -?([A-Z]{3,}) ");

    private Failures() {}

    static SessionStoreException of(RedisTarget target, Throwable failure) {
        Throwable cause = innermost(failure);
        return new SessionStoreException("Redis at " + target + ' ' + explain(cause), cause);
    }

    private static String explain(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof TimeoutException || cause instanceof RedisCommandTimeoutException) {
            return "does not answer in time";
        } else if (cause instanceof RedisCommandExecutionException) {
            String explained = EXPLAINED.get(code(message));
            return explained == null ? "says: " + shortened(message) : explained;
        }
        return "can't be reached: " + shortened(message);
    }

    private static String shortened(String message) {
        String line = message.replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS);
    }

    /** Whether the server has answered that a key holds something of another type. */
    static boolean isWrongType(SessionStoreException failure) {
        return failure.getCause() instanceof RedisCommandExecutionException error
                && code(error.getMessage()).equals("WRONGTYPE");
    }

    /** Whether the connection is broken, or leads to a server that can't do it. */
    static boolean ofConnection(Throwable failure) {
        Throwable cause = innermost(failure);
        return !(cause instanceof RedisCommandExecutionException) || WRONG_SERVER.contains(code(cause.getMessage()));
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof RedisCommandExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The first word of an error; Redis 6.2 puts that of an error in a script behind words of its own. */
    private static String code(String message) {
        Matcher inScript = IN_SCRIPT.matcher(message);
        if (inScript.lookingAt()) {
            return inScript.group(1);
        }
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
