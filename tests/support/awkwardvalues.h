// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bytesource.h"

#include <QString>
#include <QVariant>

namespace LiveTemplate {

enum class Texts {
    /// Also with emoji, and with half of one, which UTF-8 cannot hold.
    Any,
    /// Nothing that can be split into halves.
    BasicPlane,
};

/// What is left of a source, to make values of.
class ValueSource : public ByteSource
{
public:
    ValueSource(const ByteSource &rest, Texts texts)
        : ByteSource(rest)
        , m_texts(texts)
    {
    }

    [[nodiscard]] Texts texts() const { return m_texts; }

private:
    Texts m_texts;
};

/// A text that something between a template and the browser's page might take for its own: HTML,
/// the client's special texts, JSON.
[[nodiscard]] QString awkwardText(ValueSource &source);

/// A text, a number of any kind, a flag, or nothing.
[[nodiscard]] QVariant awkwardScalar(ValueSource &source);

} // namespace LiveTemplate
