// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

/** The platform, not the function that was called, answered; or nobody did. */
public final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    public CallException(String message, int status, String type) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** 0 when nobody answered. */
    public int status() {
        return status;
    }

    /** Of the problem, "/problems/gateway/unknown-function"; empty when nobody answered. */
    public String type() {
        return type;
    }
}
