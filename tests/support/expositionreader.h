// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMap>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <cmath>
#include <expected>
#include <limits>
#include <optional>

namespace LiveTemplate {

using namespace Qt::StringLiterals;

/// A metric of what /metrics answers.
struct Family
{
    QString help;
    QString type;
    /// By name and labels, as they are written.
    QMap<QString, double> samples;
};
using Families = QMap<QString, Family>;

/// Reads the text format and refuses what promtool would complain about.
class ExpositionReader
{
public:
    static std::expected<Families, QString> read(const QByteArray &text)
    {
        if (!text.endsWith('\n'))
            return std::unexpected(u"The last line does not end."_s);
        ExpositionReader reader;
        const QStringList lines = QString::fromUtf8(text).chopped(1).split(u'\n');
        for (const QString &line : lines) {
            const QString error = reader.readLine(line);
            if (!error.isEmpty())
                return std::unexpected(error + u": "_s + line);
        }
        if (const QString error = reader.closeFamily(); !error.isEmpty())
            return std::unexpected(error + u": "_s + reader.m_name);
        return reader.m_families;
    }

private:
    QString readLine(const QString &line)
    {
        static const QRegularExpression help(u"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$"_s);
        static const QRegularExpression type(u"^# TYPE (\\S+) (counter|gauge|summary)$"_s);
        if (const auto match = help.match(line); match.hasMatch())
            return openFamily(match.captured(1), match.captured(2));
        if (const auto match = type.match(line); match.hasMatch()) {
            if (match.captured(1) != m_name || !m_family.type.isEmpty()
                || !m_family.samples.isEmpty())
                return u"a type in the wrong place"_s;
            m_family.type = match.captured(2);
            return {};
        }
        return readSample(line);
    }

    QString openFamily(const QString &name, const QString &help)
    {
        if (const QString error = closeFamily(); !error.isEmpty())
            return error;
        if (m_families.contains(name))
            return u"a second family of that name"_s;
        if (!help.endsWith(u'.') || help.contains(u'\\'))
            return u"a help text that is no sentence"_s;
        m_name = name;
        m_family = {.help = help, .type = {}, .samples = {}};
        return {};
    }

    QString closeFamily()
    {
        if (m_name.isEmpty())
            return {};
        if (m_family.type.isEmpty() || m_family.samples.isEmpty())
            return u"the family before has no type or no samples"_s;
        if ((m_family.type == "counter"_L1) != m_name.endsWith("_total"_L1))
            return u"the family before has a name that does not fit its type"_s;
        m_families.insert(m_name, m_family);
        return {};
    }

    QString readSample(const QString &line)
    {
        static const QRegularExpression sample(
            u"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)+)\\})? (\\S+)$"_s);
        const auto match = sample.match(line);
        if (!match.hasMatch())
            return u"no sample"_s;
        if (m_family.type.isEmpty())
            return u"a sample without a type"_s;
        const QString name = match.captured(1);
        const bool isSummary = m_family.type == "summary"_L1;
        const bool isQuantile = match.captured(2).contains("quantile=\""_L1);
        const bool isKnown = name == m_name ? isQuantile == isSummary
                                            : isSummary && !isQuantile
                && (name == m_name + "_sum"_L1 || name == m_name + "_count"_L1);
        if (!isKnown)
            return u"a sample of another family"_s;
        const auto value = number(match.captured(3));
        if (!value)
            return u"no number"_s;
        if (m_family.type == "counter"_L1 && !(std::isfinite(*value) && *value >= 0))
            return u"a counter with an impossible value"_s;
        const QString key = line.chopped(match.captured(3).size() + 1);
        if (m_family.samples.contains(key))
            return u"a sample that is there already"_s;
        m_family.samples.insert(key, *value);
        return {};
    }

    /// As Go's ParseFloat() reads it.
    static std::optional<double> number(const QString &text)
    {
        if (text.compare("NaN"_L1, Qt::CaseInsensitive) == 0)
            return std::numeric_limits<double>::quiet_NaN();
        if (text == "+Inf"_L1)
            return std::numeric_limits<double>::infinity();
        if (text == "-Inf"_L1)
            return -std::numeric_limits<double>::infinity();
        bool ok = false;
        const double value = text.toDouble(&ok);
        return ok ? std::optional(value) : std::nullopt;
    }

    Families m_families;
    QString m_name;
    Family m_family;
};

/// The values of the server's own metrics that differ.
inline QMap<QString, double> difference(const Families &before, const Families &after)
{
    QMap<QString, double> result;
    for (const auto &[name, family] : after.asKeyValueRange()) {
        if (!name.startsWith("livetemplate_"_L1))
            continue;
        for (const auto &[sample, value] : family.samples.asKeyValueRange()) {
            const double old = before[name].samples[sample];
            if (old != value && !(std::isnan(old) && std::isnan(value)))
                result.insert(sample, value);
        }
    }
    return result;
}

} // namespace LiveTemplate
