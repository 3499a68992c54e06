// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What tst_oracle checks, with templates and states that a fuzzer chooses.

#include "fuzzing.h"
#include "oracle.h"

using namespace LiveTemplate;

namespace {

constexpr int states = 5;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static Oracle oracle;
    const OracleCase subject = makeOracleCase(QByteArrayView(data, qsizetype(size)), states);
    const QList<OracleFinding> findings = oracle.check({subject});
    if (!findings.isEmpty())
        qFatal("%s", qPrintable(findings.first().report(subject)));
    return 0;
}
