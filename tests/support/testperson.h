// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <QVariant>

namespace LiveTemplate {

/// Gadgets within gadgets, as a page's state has them. The properties are named as the keys of the
/// generated rows are, so that a template can meet either.
struct TestAddress
{
    Q_GADGET
    Q_PROPERTY(QString city MEMBER city)
    Q_PROPERTY(int number MEMBER number)
public:
    QString city;
    int number = 0;
    bool operator==(const TestAddress &) const = default;
};

struct TestVisit
{
    Q_GADGET
    Q_PROPERTY(int id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
public:
    int id = 0;
    QString name;
    bool operator==(const TestVisit &) const = default;
};

struct TestPerson
{
    Q_GADGET
    Q_PROPERTY(QVariant id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(bool on MEMBER on)
    Q_PROPERTY(int group MEMBER group)
    Q_PROPERTY(QStringList cells MEMBER cells)
    Q_PROPERTY(QList<LiveTemplate::TestVisit> sub MEMBER sub)
    Q_PROPERTY(Role role MEMBER role)
    Q_PROPERTY(LiveTemplate::TestAddress address MEMBER address)
    Q_PROPERTY(double score MEMBER score)
public:
    enum Role {
        Reader,
        Writer,
        Owner
    };
    Q_ENUM(Role)

    QVariant id;
    QString name;
    bool on = false;
    int group = 0;
    QStringList cells;
    QList<TestVisit> sub;
    Role role = Reader;
    TestAddress address;
    double score = 0;
    bool operator==(const TestPerson &) const = default;
};

} // namespace LiveTemplate
