// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "oracle.h"

#include "clienttree_p.h"
#include "stategenerator.h"
#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"
#include "wirerules.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Template>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

constexpr auto pageName = "page.html"_L1;

/// Takes away what our HTML may have more than the library's, because of what the client does to
/// texts that look like its own (PROTOCOL.md C, traps 4 and 5). What UTF-8 cannot hold is U+FFFD or
/// a question mark, which depends on when it was UTF-8 first.
QByteArray normalised(QByteArray html)
{
    // `debug` prints the names of values in the order of a hash, and we in that of the alphabet.
    static const QByteArray debugStart("\nContext:\n");
    static const QByteArray debugEnd("End context:\n");
    if (const qsizetype from = html.indexOf(debugStart); from >= 0)
        html.remove(from, html.indexOf(debugEnd, from) - from);
    html.replace("&#123;", "{");
    html.replace("<root >", "<root>").replace("</root >", "</root>");
    html.replace("\xef\xbf\xbd", "?");
    if (html.contains("\nContext:\n")) {
        // `debug` lists in the order of a hash, and does not escape the names of types.
        QList<QByteArray> lines = html.replace("&lt;", "<").replace("&gt;", ">").split('\n');
        std::ranges::sort(lines);
        html = lines.join('\n');
    }
    return html;
}

QByteArray toJson(const QVariantHash &values)
{
    return QJsonDocument(toReadableJson(values).toObject()).toJson(QJsonDocument::Compact);
}

bool usesTag(const TemplateSet &templates, QLatin1StringView tag)
{
    return std::ranges::any_of(templates.files, [&](const QString &source) {
        return source.contains("{% "_L1 + tag);
    });
}

/// Tags that work on what was rendered within them do nothing to a text with half of an emoji,
/// which regular expressions cannot read; but we may have rendered it to UTF-8, which has no such
/// text.
Texts textsFor(const TemplateSet &templates)
{
    return usesTag(templates, "spaceless"_L1) || usesTag(templates, "filter"_L1) ? Texts::BasicPlane
                                                                                 : Texts::Any;
}

void writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace

OracleCase makeOracleCase(QByteArrayView bytes, int stateCount)
{
    ByteSource source(bytes);
    OracleCase result;
    result.templates = TemplateGenerator(source).make();
    StateGenerator generator(ValueSource(source, textsFor(result.templates)), result.templates);
    QVariantHash state = generator.newState();
    result.states.append({state, false});
    while (result.states.size() < stateCount) {
        const bool changed = generator.edit(state);
        result.states.append({state, !changed});
    }
    return result;
}

QString OracleFinding::report(const OracleCase &subject) const
{
    QString text = u"%1\n"_s.arg(message);
    for (auto it = subject.templates.files.begin(); it != subject.templates.files.end(); ++it)
        text += u"--- %1\n%2\n"_s.arg(it.key(), it.value());
    const auto stateText = [&](int index) {
        return QString::fromUtf8(toJson(subject.states.at(index).values));
    };
    if (state > 0)
        text += u"--- state before\n%1\n"_s.arg(stateText(state - 1));
    text += u"--- state\n%1\n"_s.arg(stateText(state));
    for (const auto &[name, bytes] : {std::pair(u"sent"_s, sent), std::pair(u"actual"_s, actual),
                                      std::pair(u"expected"_s, expected)}) {
        if (!bytes.isNull())
            text += u"--- %1\n%2\n"_s.arg(name, QString::fromUtf8(bytes));
    }
    return text;
}

Oracle::Oracle()
    : m_loader(QSharedPointer<KTextTemplate::InMemoryTemplateLoader>::create())
{
    m_engine.addTemplateLoader(m_loader);
    // The library logs each look-up of what a gadget has not.
    QLoggingCategory::setFilterRules(u"kf.texttemplate*=false"_s);
}

QList<OracleFinding> Oracle::check(const QList<OracleCase> &cases)
{
    QList<OracleFinding> findings;
    QList<Connection> connections;
    QList<QByteArray> lines;
    for (int i = 0; i < cases.size(); ++i) {
        Connection connection;
        connection.caseIndex = i;
        render(cases.at(i), connection, findings);
        if (connection.sent.isEmpty())
            continue;
        lines.append('[' + connection.sent.join(',') + ']');
        connections.append(connection);
    }

    for (const Connection &connection : connections)
        checkTestKit(connection, findings);

    const auto held = m_client.heldAfterEach(lines);
    if (!held)
        qFatal("%s", qPrintable(held.error()));
    for (int i = 0; i < connections.size(); ++i) {
        const Connection &connection = connections.at(i);
        for (int state = 0; state < connection.html.size(); ++state) {
            const QByteArray &actual = held->at(i).at(state);
            const QByteArray &expected = connection.html.at(state);
            if (actual == expected)
                continue;
            findings.append({OracleFinding::ClientDiffers, connection.caseIndex, state,
                             u"The client holds other HTML than the server rendered."_s,
                             connection.sent.at(state), actual, expected});
            // What it holds later may only be what is left of this.
            break;
        }
    }
    return findings;
}

void Oracle::checkTestKit(const Connection &connection, QList<OracleFinding> &findings)
{
    LiveTest::ClientTree tree;
    for (int state = 0; state < connection.html.size(); ++state) {
        tree.apply(QJsonDocument::fromJson(connection.sent.at(state)).object());
        const QByteArray actual = tree.html().toUtf8();
        if (actual == connection.html.at(state))
            continue;
        findings.append({OracleFinding::TestKitDiffers, connection.caseIndex, state,
                         u"The test kit holds other HTML than the server rendered."_s,
                         connection.sent.at(state), actual, connection.html.at(state)});
        return;
    }
}

void Oracle::render(const OracleCase &subject, Connection &connection,
                    QList<OracleFinding> &findings)
{
    const auto addFinding = [&](OracleFinding::Kind kind, int state, const QString &message) {
        OracleFinding finding;
        finding.kind = kind;
        finding.caseIndex = connection.caseIndex;
        finding.state = state;
        finding.message = message;
        findings.append(finding);
    };
    const QMap<QString, QString> &files = subject.templates.files;
    for (auto it = files.begin(); it != files.end(); ++it) {
        m_loader->setTemplate(it.key(), it.value());
        writeFile(m_folder.filePath(it.key()), it.value());
    }
    // The library's word counts first: what it refuses is no template.
    const auto references = libraryHtml(subject);
    if (!references)
        return addFinding(OracleFinding::LibraryRefuses, 0, references.error());
    const auto compiled = Template::load(m_folder.filePath(pageName));
    if (!compiled)
        return addFinding(OracleFinding::DoesNotCompile, 0, compiled.error().toString());

    std::shared_ptr<const Tree> shown;
    for (int i = 0; i < subject.states.size(); ++i) {
        const OracleCase::State &state = subject.states.at(i);
        const auto tree = compiled->render(state.values);
        if (!tree)
            return addFinding(OracleFinding::DoesNotRender, i, tree.error().toString());

        QByteArray html;
        appendHtml(html, **tree);
        QByteArray whole;
        appendTree(whole, **tree);
        QByteArray sent;
        if (shown) {
            appendDifference(sent, *shown, **tree);
            ++m_totals.differences;
            m_totals.nothing += sent == "{}";
            m_totals.differenceBytes += sent.size();
            m_totals.wholeBytes += whole.size();
        } else {
            sent = whole;
        }

        QString broken = brokenWireRule(sent);
        if (broken.isEmpty() && sent.size() > whole.size())
            broken = u"the difference is longer than the tree"_s;
        if (broken.isEmpty() && state.isRepeated && sent != "{}")
            broken = u"nothing changed, but something is sent"_s;
        if (!broken.isEmpty()) {
            addFinding(OracleFinding::BreaksWireRule, i, broken);
            findings.last().sent = sent;
        } else if (normalised(html) != normalised(references->at(i))) {
            addFinding(OracleFinding::DiffersFromLibrary, i,
                       u"The page is not what KTextTemplate renders."_s);
            findings.last().sent = sent;
            findings.last().actual = html;
            findings.last().expected = references->at(i);
        }
        connection.sent.append(sent);
        connection.html.append(html);
        shown = *tree;
    }
}

std::expected<QList<QByteArray>, QString> Oracle::libraryHtml(const OracleCase &subject)
{
    // `ifchanged` keeps in its node what it saw last, also from one rendering to the next.
    const bool isNewEachTime = usesTag(subject.templates, "ifchanged"_L1);
    QList<QByteArray> result;
    KTextTemplate::Template page;
    for (const OracleCase::State &state : subject.states) {
        if (!page || isNewEachTime)
            page = m_engine.loadByName(pageName);
        KTextTemplate::Context context(state.values);
        QString html;
        if (page->error() == KTextTemplate::NoError)
            html = page->render(&context);
        if (page->error() != KTextTemplate::NoError)
            return std::unexpected(page->errorString());
        result.append(html.toUtf8());
    }
    return result;
}

} // namespace LiveTemplate
