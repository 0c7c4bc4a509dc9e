// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A recorded decision as the values of the explanation widgets. The words are those of models/explain.h; no
// number comes from anywhere but the decision.
//
// Pure functions. Thread: any that may call tr().

#include "api/wire/observation.h"
#include "widgets/explain/clampgauge.h"
#include "widgets/explain/formulaview.h"
#include "widgets/explain/inputstable.h"
#include "widgets/explain/sentenceview.h"

namespace nest::console {

/// "Why 4 → 9"; "Why 40, not 52" where a limit cut.
[[nodiscard]] QString whyTitle(const wire::Decision &decision);
[[nodiscard]] explain::Formula whyFormula(const wire::Decision &decision);
[[nodiscard]] explain::Gauge whyGauge(const wire::Decision &decision);
[[nodiscard]] QList<explain::SentencePart> whySentences(const wire::Decision &decision);
[[nodiscard]] QList<explain::InputRow> whyInputs(const wire::Decision &decision);
/// The rules that were looked at, with what each took away; empty when none was.
[[nodiscard]] QList<explain::InputRow> whyLimits(const wire::Decision &decision);

/// The parts of a text that has only <b> as markup and everything else escaped.
[[nodiscard]] QList<explain::SentencePart> partsOf(const QString &marked);

} // namespace nest::console
