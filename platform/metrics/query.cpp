// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics::query: one walk forward over all matching revisions at once, column by column, so that a long
// range costs no more memory than its answer.
#include "platform/metrics/metrics.h"

#include "platform/metrics/reduce.h"

#include <algorithm>
#include <array>
#include <list>

namespace nest::metrics {

namespace {

constexpr int defaultWidth = 1000;
constexpr int largestWidth = 10'000;
// From this column width on roll-ups are read: a day of seconds would hold the control thread for 0.1 s and
// more. Rates are then averages over ten seconds; the answer says so by its resolution.
constexpr std::int64_t coarseColumnSeconds = 40;
// 48 hours of seconds; at most that many steps are walked through for one answer, 30 days of tens included.
constexpr std::int64_t largestSteps = 3 * 24 * 3600;

/// All matching revisions in one step.
struct Totals
{
    bool isKnown = false; // at least one of them existed
    bool hasGauges = false;
    double seconds = 0; // of the step in which the platform ran
    double arrivals = 0, responses = 0, errors = 0, rejected = 0, retries = 0, fallbacks = 0;
    double inFlight = 0, queued = 0, concurrencySeconds = 0, waitMaxSeconds = 0;
    double ready = 0, starting = 0, desired = 0, reserved = 0, capacity = 0;
    gateway::LatencyHistogram latency;
    bool hasLatency = false;

    void add(const Sample &sample, bool withLatency)
    {
        arrivals += sample.arrivals;
        responses += sample.responses;
        errors += sample.errors;
        rejected += sample.rejected;
        retries += sample.retries;
        fallbacks += sample.fallbacks;
        inFlight += sample.inFlight;
        queued += sample.queued;
        concurrencySeconds += sample.concurrencySeconds;
        waitMaxSeconds = std::max(waitMaxSeconds, sample.waitMaxSeconds);
        if (withLatency && !sample.latency.empty()) {
            hasLatency = true;
            addLatencies(latency, sample);
        }
    }
    void add(const RevisionGauges &gauges)
    {
        hasGauges = true;
        ready += gauges.ready;
        starting += gauges.starting;
        desired += gauges.desired;
        reserved += gauges.reserved;
        capacity += gauges.ready * gauges.target;
    }
};

using Value = std::optional<double>;

enum class Reduction {
    Extremes, // rates and gauges: M4
    Whole,    // shares and quantiles: computed over all requests of the column
};

struct Measure
{
    std::string_view name;
    std::string_view unit;
    Reduction reduction;
    Value (*of)(const Totals &);
};

Value gauge(const Totals &totals, double value)
{
    return totals.hasGauges ? Value(value) : std::nullopt;
}

Value quantile(const Totals &totals, double q)
{
    return totals.hasLatency ? totals.latency.quantileMilliseconds(q) : std::nullopt;
}

constexpr std::array measures{
    Measure{"requestsPerSecond", "1/s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.arrivals / t.seconds;
            }},
    Measure{"errorsPerSecond", "1/s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.errors / t.seconds;
            }},
    Measure{"rejectedPerSecond", "1/s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.rejected / t.seconds;
            }},
    Measure{"retriesPerSecond", "1/s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.retries / t.seconds;
            }},
    Measure{"fallbacksPerSecond", "1/s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.fallbacks / t.seconds;
            }},
    Measure{"successPercent", "%", Reduction::Whole,
            [](const Totals &t) -> Value {
                return t.responses > 0 ? Value(100 * std::max(0.0, t.responses - t.errors) / t.responses)
                                       : std::nullopt;
            }},
    Measure{"p50Ms", "ms", Reduction::Whole,
            [](const Totals &t) {
                return quantile(t, 0.50);
            }},
    Measure{"p99Ms", "ms", Reduction::Whole,
            [](const Totals &t) {
                return quantile(t, 0.99);
            }},
    Measure{"concurrency", "requests", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.concurrencySeconds / t.seconds;
            }},
    Measure{"inFlight", "requests", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.inFlight;
            }},
    Measure{"queued", "requests", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.queued;
            }},
    Measure{"waitMaxSeconds", "s", Reduction::Extremes,
            [](const Totals &t) -> Value {
                return t.waitMaxSeconds;
            }},
    Measure{"ready", "instances", Reduction::Extremes,
            [](const Totals &t) {
                return gauge(t, t.ready);
            }},
    Measure{"starting", "instances", Reduction::Extremes,
            [](const Totals &t) {
                return gauge(t, t.starting);
            }},
    Measure{"desired", "instances", Reduction::Extremes,
            [](const Totals &t) {
                return gauge(t, t.desired);
            }},
    Measure{"reserved", "instances", Reduction::Extremes,
            [](const Totals &t) {
                return gauge(t, t.reserved);
            }},
    Measure{"capacity", "load", Reduction::Extremes,
            [](const Totals &t) {
                return gauge(t, t.capacity);
            }},
};

struct Line
{
    const Measure *measure;
    Column column;
    std::vector<TimedValue> points;
};

Result<std::vector<Line>> linesFor(const std::vector<std::string> &names)
{
    std::vector<Line> lines;
    if (names.empty()) {
        for (const auto &measure : measures) {
            lines.push_back({&measure, {}, {}});
        }
    }
    for (const auto &name : names) {
        const auto found = std::ranges::find(measures, name, &Measure::name);
        if (found == measures.end()) {
            std::string known;
            for (const auto &measure : measures) {
                known += (known.empty() ? "" : ", ") + std::string(measure.name);
            }
            return failure("metrics/bad-query", "There is no series '" + name + "'. Known: " + known + ".");
        }
        lines.push_back({&*found, {}, {}});
    }
    return lines;
}

bool matches(const Query &query, const gateway::RevisionKey &key, const std::optional<wire::GroupName> &group)
{
    return (!query.function || *query.function == key.function) &&
           (!query.version || *query.version == key.version) &&
           (!group || *group == wire::GroupName{key.set, key.lane, key.region});
}

std::int64_t secondsOf(wire::Time time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

struct Walk
{
    std::int64_t from = 0; // a multiple of `step`
    std::int64_t to = 0;
    int step = 1;
    std::int64_t columnSeconds = 0; // 0: each step for itself
};

Walk walkFor(const Query &query, std::int64_t lastSecond)
{
    Walk walk;
    const auto from = secondsOf(query.from);
    const std::int64_t width = query.width.value_or(defaultWidth);
    const bool isTooOld = from < lastSecond - fineRetentionSeconds;
    const bool isWide = !query.raw && secondsOf(query.to) - from > coarseColumnSeconds * width;
    walk.step = isTooOld || isWide ? coarseResolution : 1;
    walk.from = from - (from % walk.step + walk.step) % walk.step;
    walk.to = std::min(secondsOf(query.to + std::chrono::milliseconds(999)), lastSecond + 1);
    const auto steps = (secondsOf(query.to) - walk.from) / walk.step;
    if (!query.raw && steps > 4 * width) { // fewer points than four a column need no reduction
        walk.columnSeconds = (steps + width - 1) / width * walk.step;
    }
    return walk;
}

Result<> check(const Query &query)
{
    if (query.to <= query.from) {
        return failure("metrics/bad-query", "The range is empty: 'to' must be later than 'from'.");
    }
    if (query.width && (*query.width < 1 || *query.width > largestWidth)) {
        return failure("metrics/bad-query", "'width' must be from 1 to 10,000 pixels.");
    }
    return {};
}

struct Source
{
    HistoryReader reader;
    std::int64_t since;
};

void addStep(Totals &totals, std::list<Source> &sources, std::int64_t second, int step, bool withLatency)
{
    for (auto &source : sources) {
        if (source.since >= second + step) {
            continue;
        }
        totals.isKnown = true;
        if (const auto *sample = source.reader.sampleAt(second)) {
            totals.add(*sample, withLatency);
        }
        if (const auto gauges = source.reader.gaugesAt(second)) {
            totals.add(*gauges);
        }
    }
}

wire::Series toSeries(Line &&line)
{
    wire::Series series{std::string(line.measure->name), std::string(line.measure->unit), {}, {}};
    series.times.reserve(line.points.size());
    series.values.reserve(line.points.size());
    for (const auto &[time, value] : line.points) {
        series.times.push_back(time * 1000);
        series.values.push_back(value);
    }
    return series;
}

void mergeInto(Totals &column, const Totals &step)
{
    column.isKnown = true;
    column.seconds += step.seconds;
    column.responses += step.responses;
    column.errors += step.errors;
    if (step.hasLatency) {
        column.hasLatency = true;
        column.latency.merge(step.latency);
    }
}

} // namespace

Result<wire::MetricsAnswer> Metrics::query(const Query &query) const
{
    if (const auto checked = check(query); !checked) {
        return std::unexpected(checked.error());
    }
    auto lines = linesFor(query.names);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    std::optional<wire::GroupName> group;
    if (query.group && !(group = wire::parseGroupName(*query.group))) {
        return failure("metrics/bad-query", "'" + *query.group + "' is no group: write set/lane/region.");
    }
    const auto walk = walkFor(query, m_run.lastSecond().value_or(0));
    if ((walk.to - walk.from) / walk.step > largestSteps) {
        return failure("metrics/bad-query", "The range is too long: at most 30 days.");
    }

    std::list<Source> sources;
    for (const auto &[key, history] : m_revisions) {
        if (history.since() && matches(query, key, group)) {
            sources.emplace_back(HistoryReader(history, walk.step), *history.since());
        }
    }
    const bool withLatency =
        std::ranges::any_of(*lines, [](const Line &line) { return line.measure->unit == "ms"; });
    Totals whole; // of the column, for what is computed over all its requests
    std::int64_t wholeTime = 0;
    const auto endColumn = [&] {
        for (auto &line : *lines) {
            if (line.measure->reduction == Reduction::Extremes) {
                line.column.moveTo(line.points);
            } else if (whole.isKnown) {
                line.points.push_back({wholeTime, line.measure->of(whole)});
            }
        }
        whole = Totals();
    };
    std::int64_t columnEnd = walk.from + walk.columnSeconds;
    for (auto second = walk.from; second < walk.to; second += walk.step) {
        if (walk.columnSeconds > 0 && second >= columnEnd) {
            endColumn();
            columnEnd += walk.columnSeconds;
        }
        const int seconds = m_run.ranSeconds(second, second + walk.step);
        if (seconds == 0) {
            continue;
        }
        Totals totals;
        totals.seconds = seconds;
        addStep(totals, sources, second, walk.step, withLatency);
        if (!totals.isKnown) {
            continue;
        }
        if (walk.columnSeconds > 0) {
            wholeTime = whole.isKnown ? wholeTime : second;
            mergeInto(whole, totals);
        }
        for (auto &line : *lines) {
            if (walk.columnSeconds == 0) {
                line.points.push_back({second, line.measure->of(totals)});
            } else if (line.measure->reduction == Reduction::Extremes) {
                line.column.add({second, line.measure->of(totals)});
            }
        }
    }
    if (walk.columnSeconds > 0) {
        endColumn();
    }

    wire::MetricsAnswer answer{query.from, query.to, walk.step, {}};
    for (auto &line : *lines) {
        answer.series.push_back(toSeries(std::move(line)));
    }
    return answer;
}

} // namespace nest::metrics
