// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "framecases.h"

#include "websocketbytes.h"

using namespace Qt::StringLiterals;

namespace {

// RFC 6455, 7.4.1.
constexpr int normal = 1000;
constexpr int goingAway = 1001;
constexpr int protocolError = 1002;
constexpr int badData = 1007;
constexpr int tooLarge = 1009;

constexpr FrameBits unmasked{.isMasked = false};
constexpr FrameBits unfinished{.isFinal = false};

/// An action that is answered.
QByteArray click()
{
    return clientFrame(Opcode::Text, R"({"action":"quiet"})");
}

QByteArray text(const QByteArray &payload, FrameBits bits = {})
{
    return clientFrame(Opcode::Text, payload, bits);
}

QByteArray continuation(const QByteArray &payload, FrameBits bits = {})
{
    return clientFrame(Opcode::Continuation, payload, bits);
}

/// One byte after the other.
QList<QByteArray> byteByByte(const QByteArray &bytes)
{
    QList<QByteArray> pieces;
    for (const char byte : bytes)
        pieces.append(QByteArray(1, byte));
    return pieces;
}

QList<FrameCase> unmaskedFrames()
{
    const QByteArray longText(300, 'x');
    const QByteArray veryLongText(70'000, 'x');
    return {
        {"unmasked text", {text("hello", unmasked)}, protocolError},
        {"unmasked empty text", {text({}, unmasked)}, protocolError},
        {"unmasked long text", {text(longText, unmasked)}, protocolError},
        {"unmasked very long text", {text(veryLongText, unmasked)}, protocolError},
        {"unmasked ping", {clientFrame(Opcode::Ping, "a", unmasked)}, protocolError},
        {"unmasked pong", {clientFrame(Opcode::Pong, {}, unmasked)}, protocolError},
        {"unmasked close",
         {clientFrame(Opcode::Close, closePayload(normal), unmasked)},
         protocolError},
        {"unmasked among masked", {click() + text("hello", unmasked) + click()}, protocolError},
        {"unmasked after masked", {click(), text("hello", unmasked), click()}, protocolError},
        {"unmasked continuation",
         {text("{", unfinished), continuation("}", unmasked)},
         protocolError},
        {"unmasked, split after its first byte",
         {text("hello", unmasked).first(1), text("hello", unmasked).sliced(1)},
         protocolError},
        {"unmasked behind half a masked one",
         {click().first(9), click().sliced(9) + text("hello", unmasked)},
         protocolError},
        {"unmasked, byte by byte", byteByByte(text(longText, unmasked).first(4)), protocolError},
    };
}

QList<FrameCase> reservedFrames()
{
    QList<FrameCase> cases{
        {"compressed", {text("hello", {.reserved = 0x40})}, protocolError},
        {"second reserved bit", {text("hello", {.reserved = 0x20})}, protocolError},
        {"third reserved bit", {text("hello", {.reserved = 0x10})}, protocolError},
        {"compressed continuation",
         {text("{", unfinished), continuation("}", {.reserved = 0x40})},
         protocolError},
        {"compressed ping", {clientFrame(Opcode::Ping, "a", {.reserved = 0x40})}, protocolError},
    };
    static constexpr const char *names[] = {"opcode 3", "opcode 4", "opcode 5", "opcode 6",
                                            "opcode 7", "opcode b", "opcode c", "opcode d",
                                            "opcode e", "opcode f"};
    char opcode = 3;
    for (const char *name : names) {
        cases.append({name, {clientFrame(opcode, "hello")}, protocolError});
        opcode = opcode == 7 ? char(0xb) : char(opcode + 1);
    }
    return cases;
}

QList<FrameCase> brokenControlFrames()
{
    const QByteArray large(126, 'p');
    return {
        {"fragmented ping", {clientFrame(Opcode::Ping, "a", unfinished)}, protocolError},
        {"fragmented close",
         {clientFrame(Opcode::Close, closePayload(normal), unfinished)},
         protocolError},
        {"large ping", {clientFrame(Opcode::Ping, large)}, protocolError},
        {"large pong", {clientFrame(Opcode::Pong, large)}, protocolError},
        {"large close", {clientFrame(Opcode::Close, closePayload(normal, large))}, protocolError},
        {"ping of 2^32 bytes", {clientFrameHeader(Opcode::Ping, quint64(1) << 32)}, protocolError},
    };
}

QList<FrameCase> brokenSequences()
{
    return {
        {"continuation of nothing", {continuation("{}")}, protocolError},
        {"continuation of a whole message", {click() + continuation("{}")}, protocolError},
        {"text within a message", {text("{", unfinished), text("{}")}, protocolError},
        {"binary within a message",
         {text("{", unfinished), clientFrame(Opcode::Binary, "{}")},
         protocolError},
        {"message within a message after a ping",
         {text("{", unfinished), clientFrame(Opcode::Ping, "a"), text("{}")},
         protocolError},
    };
}

/// None of them waits for what it announces.
QList<FrameCase> brokenLengths()
{
    const auto header = [](quint64 length) {
        return QList<QByteArray>{clientFrameHeader(Opcode::Text, length)};
    };
    const QByteArray mask(4, '\0');
    return {
        {"2 GiB", header(quint64(1) << 31), tooLarge},
        {"2 GiB less one", header((quint64(1) << 31) - 1), tooLarge},
        {"4 GiB", header(quint64(1) << 32), tooLarge},
        {"2^63 less one", header((quint64(1) << 63) - 1), tooLarge},
        {"2^63", header(quint64(1) << 63), protocolError},
        {"2^64 less one", header(~quint64(0)), protocolError},
        {"2 GiB in pieces", byteByByte(clientFrameHeader(Opcode::Text, quint64(1) << 31)),
         tooLarge},
        {"short length in 16 bits", {"\x81\xfe"_ba + '\0' + '\5' + mask + "hello"}, protocolError},
        {"short length in 64 bits",
         {"\x81\xff"_ba + QByteArray(7, '\0') + '\5' + mask + "hello"},
         protocolError},
    };
}

QList<FrameCase> brokenTexts()
{
    return {
        {"no UTF-8", {text("\xff")}, badData},
        {"UTF-8 that is too long", {text("\xc0\x80")}, badData},
        {"half of a surrogate pair", {text("\xed\xa0\x80")}, badData},
        {"beyond Unicode", {text("\xf4\x90\x80\x80")}, badData},
        {"half a character", {text("\xe2\x82")}, badData},
        {"no UTF-8 in the first part", {text("\xff", unfinished)}, badData},
        {"half a character at the end of two parts",
         {text("a", unfinished) + continuation("\xe2\x82")},
         badData},
    };
}

} // namespace

QList<FrameCase> brokenFrames()
{
    return unmaskedFrames() + reservedFrames() + brokenControlFrames() + brokenSequences()
        + brokenLengths() + brokenTexts();
}

QList<FrameCase> farewells()
{
    const auto close = [](const QByteArray &payload) {
        return QList<QByteArray>{clientFrame(Opcode::Close, payload)};
    };
    return {
        {"no code", close({}), normal},
        {"1000", close(closePayload(1000)), normal},
        {"1001", close(closePayload(1001, "bye")), goingAway},
        {"3000", close(closePayload(3000)), 3000},
        {"4999", close(closePayload(4999)), 4999},
        {"longest reason", close(closePayload(1000, QByteArray(123, 'r'))), normal},
        {"what follows is not read", {close({}).first() + click() + text("\xff")}, normal},
        {"in the middle of a message", {text("{", unfinished), close({}).first()}, normal},
        {"one byte", close("\x03"), protocolError},
        {"0", close(closePayload(0)), protocolError},
        {"999", close(closePayload(999)), protocolError},
        {"1004", close(closePayload(1004)), protocolError},
        {"1005", close(closePayload(1005)), protocolError},
        {"1006", close(closePayload(1006)), protocolError},
        {"1015", close(closePayload(1015)), protocolError},
        {"1016", close(closePayload(1016)), protocolError},
        {"2999", close(closePayload(2999)), protocolError},
        {"5000", close(closePayload(5000)), protocolError},
        {"65535", close(closePayload(65535)), protocolError},
        {"reason that is no UTF-8", close(closePayload(1000, "\xff")), badData},
        {"reason with half a character", close(closePayload(1000, "\xe2\x82")), badData},
    };
}
