// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

/** A request that cannot be read, with what it is answered. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1;

    final int status;
    final String problem;

    BadRequest(int status, String problem, String message) {
        super(message, null, false, false);
        this.status = status;
        this.problem = problem;
    }

    Reply reply() {
        return Reply.problem(status, problem, "The request could not be read", getMessage());
    }
}
