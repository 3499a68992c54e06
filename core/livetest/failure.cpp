// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "failure_p.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace LiveTest {

bool fail(const QString &sentence, const std::source_location &where)
{
    QTest::qFail(qUtf8Printable(sentence), where.file_name(), int(where.line()));
    return false;
}

QString quoted(const QString &text)
{
    constexpr qsizetype longest = 120;
    const QString line = text.simplified();
    return u"\"%1\""_s.arg(line.size() > longest ? line.first(longest) + u"…"_s : line);
}

} // namespace LiveTest
