// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Runs a fuzz target without libFuzzer, as a test that has an end: the inputs in its corpus, and
// then so many mutations of them. The same seed gives the same inputs.
//
//   LVT_TEST_SEED    another seed
//   LVT_TEST_CASES   how many mutations
//   arguments        files to run instead
//
// An input that makes the target fail is written to a file whose name is printed.

#include "fuzzing.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

// Only in builds with a sanitizer, which end the process in their own way.
extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr int defaultSeed = 1;
constexpr int defaultCases = 20'000;

/// libFuzzer's default too.
constexpr qsizetype maxInputSize = 4096;

constexpr int maxMutations = 6;

int environmentNumber(const char *name, int fallback)
{
    bool ok = false;
    const int number = qEnvironmentVariableIntValue(name, &ok);
    return ok ? number : fallback;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

/// The files of a folder, by name, so that the order is the same everywhere.
QByteArrayList readCorpus()
{
    const QDir folder(QStringLiteral(FUZZ_CORPUS));
    QByteArrayList inputs;
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name))
        inputs.append(readFile(folder.filePath(name)));
    if (inputs.isEmpty())
        qFatal("There is no corpus in %s", qPrintable(folder.path()));
    return inputs;
}

/// libFuzzer's format: a quoted text in a line, with \\, \" and \x0d for characters.
QByteArrayList readDictionary()
{
    static const QRegularExpression token(u"^[^#\"]*\"(.*)\"\\s*$"_s);
    static const QRegularExpression escape(u"\\\\(?:x([0-9a-fA-F]{2})|(.))"_s);
    QByteArrayList tokens;
    for (const QByteArray &line : readFile(QStringLiteral(FUZZ_DICTIONARY)).split('\n')) {
        const auto match = token.match(QString::fromLatin1(line));
        if (!match.hasMatch())
            continue;
        QString text = match.captured(1);
        for (auto it = escape.match(text); it.hasMatch();
             it = escape.match(text, it.capturedStart() + 1)) {
            const QString character = it.hasCaptured(1)
                ? QString(QChar(it.captured(1).toUShort(nullptr, 16)))
                : it.captured(2);
            text.replace(it.capturedStart(), it.capturedLength(), character);
        }
        tokens.append(text.toLatin1());
    }
    return tokens;
}

/// Makes new inputs of known ones.
class Mutator
{
public:
    Mutator(int seed, QByteArrayList corpus, QByteArrayList tokens)
        : m_random(quint32(seed))
        , m_corpus(std::move(corpus))
        , m_tokens(std::move(tokens))
    {
    }

    QByteArray next()
    {
        QByteArray input = pick(m_corpus);
        const int mutations = 1 + below(maxMutations);
        for (int i = 0; i < mutations; ++i)
            mutate(input);
        input.truncate(maxInputSize);
        return input;
    }

private:
    int below(qsizetype count) { return count > 0 ? m_random.bounded(int(count)) : 0; }

    const QByteArray &pick(const QByteArrayList &items) { return items[below(items.size())]; }

    void mutate(QByteArray &input)
    {
        const int at = below(input.size() + 1);
        const int length = below(std::min<qsizetype>(input.size() - at, 32) + 1);
        const QByteArray piece = input.sliced(at, length);
        switch (below(8)) {
        case 0: // flip a bit
            if (at < input.size())
                input[at] = char(input[at] ^ (1 << below(8)));
            break;
        case 1:
            if (at < input.size())
                input[at] = char(below(256));
            break;
        case 2:
            input.insert(at, char(below(256)));
            break;
        case 3:
            input.remove(at, length);
            break;
        case 4: // repeat a piece, sometimes often
            input.insert(at, piece.repeated(1 + below(below(8) == 0 ? 100 : 3)));
            break;
        case 5:
            input.insert(at, pick(m_tokens));
            break;
        case 6: {
            const QByteArray token = pick(m_tokens);
            input.replace(at, std::min(token.size(), input.size() - at), token);
            break;
        }
        case 7: { // go on as another input does
            const QByteArray &other = pick(m_corpus);
            input = input.first(at) + other.sliced(below(other.size() + 1));
            break;
        }
        }
    }

    QRandomGenerator m_random;
    QByteArrayList m_corpus;
    QByteArrayList m_tokens;
};

// What a signal handler can use: the input that runs, and where to write it.
const char *currentInput = nullptr;
std::size_t currentSize = 0;
char artifact[4096] = {};

void print(const char *text)
{
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text, std::strlen(text));
}

void saveInput()
{
    if (!currentInput)
        return;
    const int file = ::open(artifact, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool isSaved = file >= 0 && ::write(file, currentInput, currentSize) >= 0;
    print(isSaved ? "The input that failed is in "
                  : "The input that failed could not be written to ");
    print(artifact);
    print("\n");
    currentInput = nullptr;
}

void saveInputAndEnd(int signal)
{
    saveInput();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// Also where the stack is used up.
void handleSignals(std::initializer_list<int> signals)
{
    static char stack[64 * 1024];
    stack_t alternative = {};
    alternative.ss_sp = stack;
    alternative.ss_size = sizeof(stack);
    ::sigaltstack(&alternative, nullptr);
    struct sigaction action = {};
    action.sa_handler = saveInputAndEnd;
    action.sa_flags = SA_ONSTACK;
    for (const int signal : signals)
        ::sigaction(signal, &action, nullptr);
}

void saveInputOnFailure(int seed)
{
    const QString folder = qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", u"."_s);
    QDir().mkpath(folder);
    const QString name = u"%1/fuzz_%2-%3"_s.arg(folder, QStringLiteral(FUZZ_NAME)).arg(seed);
    qstrncpy(artifact, QFile::encodeName(name).constData(), sizeof(artifact));
    if (__sanitizer_set_death_callback) {
        __sanitizer_set_death_callback(saveInput);
        handleSignals({SIGABRT});
    } else {
        handleSignals({SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL});
    }
}

void run(const QByteArray &input)
{
    currentInput = input.constData();
    currentSize = std::size_t(input.size());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.constData()),
                           std::size_t(input.size()));
    currentInput = nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    const QStringList files = QCoreApplication::arguments().sliced(1);
    for (const QString &file : files)
        run(readFile(file));
    if (!files.isEmpty())
        return 0;

    const int seed = environmentNumber("LVT_TEST_SEED", defaultSeed);
    const int cases = environmentNumber("LVT_TEST_CASES", defaultCases);
    std::fprintf(stderr, "LVT_TEST_SEED=%d LVT_TEST_CASES=%d\n", seed, cases);
    saveInputOnFailure(seed);
    const QByteArrayList corpus = readCorpus();
    for (const QByteArray &input : corpus)
        run(input);
    Mutator mutator(seed, corpus, readDictionary());
    for (int i = 0; i < cases; ++i)
        run(mutator.next());
    return 0;
}
