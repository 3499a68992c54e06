// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What a server must do for the browser's client, rule by rule: PROTOCOL.md A, B, D.1 and E. The
// names of the tests begin with the section that they are about. Each runs against a server of one
// thread and one of four. Section C is tests/core/template's.

#include "conformance_attributes.h"
#include "conformance_http.h"
#include "conformance_operation.h"
#include "conformance_semantics.h"
#include "conformance_websocket.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QTest>

namespace {

bool hasTest(const QObject &test, const QString &argument)
{
    const QByteArray name = argument.section(u':', 0, 0).toLatin1();
    return test.metaObject()->indexOfSlot(name + "()") >= 0;
}

/// A test is named on the command line without its class, and each class takes no names but its
/// own. Without a name all tests run.
class Arguments
{
public:
    Arguments(const QStringList &arguments, const QList<QObject *> &tests)
        : m_arguments(arguments)
        , m_tests(tests)
    {
    }

    [[nodiscard]] bool concern(const QObject &test) const
    {
        bool isNamed = false;
        for (const QString &argument : m_arguments.sliced(1)) {
            if (hasTest(test, argument))
                return true;
            isNamed |= isTest(argument);
        }
        return !isNamed;
    }

    [[nodiscard]] QStringList of(const QObject &test) const
    {
        QStringList own{m_arguments.first()};
        for (const QString &argument : m_arguments.sliced(1)) {
            if (!isTest(argument) || hasTest(test, argument))
                own.append(argument);
        }
        return own;
    }

private:
    [[nodiscard]] bool isTest(const QString &argument) const
    {
        return std::ranges::any_of(m_tests,
                                   [&](const QObject *test) { return hasTest(*test, argument); });
    }

    QStringList m_arguments;
    QList<QObject *> m_tests;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QTEST_SET_MAIN_SOURCE_PATH
    HttpConformance http;
    WebSocketConformance webSocket;
    AttributeConformance attributes;
    SemanticsConformance semantics;
    OperationConformance operation;
    const QList<QObject *> tests{&http, &webSocket, &attributes, &semantics, &operation};
    const Arguments arguments(QCoreApplication::arguments(), tests);
    int failures = 0;
    for (QObject *test : tests) {
        if (arguments.concern(*test))
            failures += QTest::qExec(test, arguments.of(*test));
    }
    return std::min(failures, 127);
}
