// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QMetaProperty>
#include <QString>
#include <QVariant>

namespace LiveTemplate {

/// A part of a dotted path after its first: a gadget's property, a map's key, a list's index.
///
/// Finds what KTextTemplate finds, and remembers where it found it last: at one place of a template
/// the values are nearly always of one type. Only objects (QObject) need leave to be looked into.
class Member
{
public:
    enum class Objects {
        Hidden,
        Visible
    };

    explicit Member(const QString &name);

    [[nodiscard]] const QString &name() const { return m_name; }

    [[nodiscard]] QVariant of(const QVariant &value, Objects objects = Objects::Hidden) const;

private:
    [[nodiscard]] QVariant ofGadget(const QVariant &gadget, const QMetaObject &type) const;

    QString m_name;
    QByteArray m_utf8;
    /// -1 when the name is no number.
    int m_index = -1;
    /// The gadget type that was seen last, and its property; not valid: an enumerator, or nothing
    /// that is quickly found.
    mutable const QMetaObject *m_type = nullptr;
    mutable QMetaProperty m_property;
};

} // namespace LiveTemplate
