# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python guest's own modules; main.py says what they do together."""
