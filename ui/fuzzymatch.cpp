// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzzymatch.h"

#include <algorithm>
#include <vector>

namespace LiveTemplate::Ui {

namespace {

constexpr int letterScore = 1;
constexpr int neighbourScore = 6;
constexpr int wordScore = 8;
constexpr int impossible = -1'000'000;

// Nobody types more, and the work is the product of both lengths.
constexpr qsizetype maxTyped = 64;

bool beginsWord(const QString &text, qsizetype position)
{
    return position == 0 || !text.at(position - 1).isLetterOrNumber();
}

/// By letter and position: the best score of a match of the letters up to this one that puts this
/// one there, and where it then puts the one before.
struct Step
{
    int score = impossible;
    qsizetype before = -1;
};

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &typed, const QString &text)
{
    QString letters = typed.toCaseFolded().first(std::min(typed.size(), maxTyped));
    letters.removeIf([](QChar letter) { return letter.isSpace(); });
    if (letters.isEmpty())
        return FuzzyMatch{};
    const QString folded = text.toCaseFolded();
    // Where folding changes the length, positions would not fit.
    if (folded.size() != text.size())
        return std::nullopt;

    std::vector<std::vector<Step>> steps(std::size_t(letters.size()),
                                         std::vector<Step>(std::size_t(text.size())));
    for (std::size_t letter = 0; letter < steps.size(); ++letter) {
        Step best{.score = letter == 0 ? 0 : impossible, .before = -1};
        for (std::size_t at = 0; at < steps[letter].size(); ++at) {
            const auto position = qsizetype(at);
            if (letter > 0 && at > 0 && steps[letter - 1][at - 1].score > best.score)
                best = {.score = steps[letter - 1][at - 1].score, .before = position - 1};
            if (folded.at(position) != letters.at(qsizetype(letter)))
                continue;
            Step step = best;
            if (letter > 0 && at > 0
                && steps[letter - 1][at - 1].score + neighbourScore > step.score) {
                step = {.score = steps[letter - 1][at - 1].score + neighbourScore,
                        .before = position - 1};
            }
            if (step.score < 0)
                continue;
            step.score += letterScore + (beginsWord(text, position) ? wordScore : 0);
            steps[letter][at] = step;
        }
    }

    const auto last = std::ranges::max_element(steps.back(), {}, &Step::score);
    if (last == steps.back().end() || last->score < 0)
        return std::nullopt;
    FuzzyMatch match{.score = last->score, .positions = {}};
    qsizetype position = last - steps.back().begin();
    for (std::size_t letter = steps.size(); letter-- > 0;) {
        match.positions.prepend(position);
        position = steps[letter][std::size_t(position)].before;
    }
    // Of two that fit as well, the shorter one was meant.
    match.score = match.score * 100 - static_cast<int>(std::min<qsizetype>(text.size(), 99));
    return match;
}

} // namespace LiveTemplate::Ui
