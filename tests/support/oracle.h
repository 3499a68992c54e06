// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "clientrenderer.h"
#include "templategenerator.h"

#include <KTextTemplate/Engine>
#include <KTextTemplate/TemplateLoader>

#include <QTemporaryDir>
#include <QVariantHash>

namespace LiveTemplate {

/// A page and the states that it goes through on one connection.
struct OracleCase
{
    struct State
    {
        QVariantHash values;
        /// Nothing happened since the state before.
        bool isRepeated = false;
    };

    TemplateSet templates;
    QList<State> states;
};

/// Makes a case of @p stateCount states from bytes.
[[nodiscard]] OracleCase makeOracleCase(QByteArrayView bytes, int stateCount);

/// Something that is not as it must be.
struct OracleFinding
{
    Q_GADGET

public:
    enum Kind {
        /// KTextTemplate itself refuses the templates: a fault of the generator.
        LibraryRefuses,
        DoesNotCompile,
        DoesNotRender,
        DiffersFromLibrary,
        BreaksWireRule,
        ClientDiffers,
        TestKitDiffers,
    };
    Q_ENUM(Kind)

    Kind kind = LibraryRefuses;
    /// Which of the cases, and after which of its states.
    int caseIndex = 0;
    int state = 0;
    QString message;
    /// What was sent for this state, and the HTML that came of it.
    QByteArray sent;
    QByteArray actual;
    QByteArray expected;

    /// All that one needs to see what is wrong.
    [[nodiscard]] QString report(const OracleCase &subject) const;
};

/// How much is sent.
struct OracleTotals
{
    qint64 differences = 0;
    /// Of these, `{}`.
    qint64 nothing = 0;
    qint64 differenceBytes = 0;
    /// Of the trees that the differences lead to.
    qint64 wholeBytes = 0;
};

/// Compares, for every state of a page, what the browser's client holds with what we render, and
/// that with what KTextTemplate alone renders.
class Oracle
{
public:
    Oracle();

    /// The first finding of each state of each case.
    [[nodiscard]] QList<OracleFinding> check(const QList<OracleCase> &cases);

    /// Of all that was checked.
    [[nodiscard]] const OracleTotals &totals() const { return m_totals; }

private:
    /// One case's messages, and what the client must hold after each.
    struct Connection
    {
        int caseIndex = 0;
        QList<QByteArray> sent;
        QList<QByteArray> html;
    };

    void render(const OracleCase &subject, Connection &connection, QList<OracleFinding> &findings);
    /// The same by the client of LiveTest.
    static void checkTestKit(const Connection &connection, QList<OracleFinding> &findings);
    [[nodiscard]] std::expected<QList<QByteArray>, QString> libraryHtml(const OracleCase &subject);

    QTemporaryDir m_folder;
    QSharedPointer<KTextTemplate::InMemoryTemplateLoader> m_loader;
    KTextTemplate::Engine m_engine;
    ClientRenderer m_client;
    OracleTotals m_totals;
};

} // namespace LiveTemplate
