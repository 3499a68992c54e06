// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "respreader_p.h"

#include <hiredis/read.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

/// What hiredis calls while it parses. The objects it carries about are our values in their places:
/// the root in the reader, all others in the arrays they belong to. An array does not grow while
/// something inside of its last element is read, so they do not move meanwhile. Null stops it.
struct RespReader::Functions
{
    static RespReader *reader(const redisReadTask *task)
    {
        return static_cast<RespReader *>(task->privdata);
    }

    static void *createString(const redisReadTask *task, char *text, size_t length)
    {
        RespReader *const self = reader(task);
        switch (task->type) {
        case REDIS_REPLY_STATUS:
            return self->add(task, RedisValue::Status{QByteArray(text, qsizetype(length))});
        case REDIS_REPLY_ERROR:
            return self->add(task, RedisValue::Error{QByteArray(text, qsizetype(length))});
        case REDIS_REPLY_VERB:
            // Its first four bytes are its format, "txt:".
            text += 4;
            length -= 4;
            [[fallthrough]];
        case REDIS_REPLY_STRING:
            // hiredis skips what should be the end of the line.
            if (text[length] != '\r' || text[length + 1] != '\n') {
                self->fail(u"a string is not followed by the end of the line"_s);
                return nullptr;
            }
            break;
        default:
            break;
        }
        return self->add(task, QByteArray(text, qsizetype(length)));
    }

    static void *createArray(const redisReadTask *task, size_t elements)
    {
        RespReader *const self = reader(task);
        int depth = 1;
        for (const redisReadTask *outer = task->parent; outer; outer = outer->parent)
            ++depth;
        if (depth > self->m_limits.depth) {
            self->fail(u"arrays lie more than %1 deep"_s.arg(self->m_limits.depth));
            return nullptr;
        }
        // Those that are still to come in the arrays around it are counted already.
        if (qint64(elements) > self->m_limits.elements - self->m_elements) {
            self->fail(u"a reply has more than %1 elements"_s.arg(self->m_limits.elements));
            return nullptr;
        }
        self->m_elements += qint64(elements);
        RedisValue::Array array;
        // No more than a little is believed: the elements are still to come.
        array.reserve(qMin(qsizetype(elements), qsizetype(64)));
        return self->add(task, std::move(array));
    }

    static void *createInteger(const redisReadTask *task, long long number)
    {
        return reader(task)->add(task, qint64(number));
    }

    static void *createDouble(const redisReadTask *task, double number, char *, size_t)
    {
        return reader(task)->add(task, number);
    }

    static void *createNil(const redisReadTask *task)
    {
        return reader(task)->add(task, RedisValue::Null{});
    }

    static void *createBool(const redisReadTask *task, int truth)
    {
        return reader(task)->add(task, truth != 0);
    }

    /// The value is ours.
    static void freeObject(void *) {}

    static inline redisReplyObjectFunctions table = {createString, createArray, createInteger,
                                                     createDouble, createNil,   createBool,
                                                     freeObject};
};

void RespReader::Free::operator()(redisReader *reader) const
{
    redisReaderFree(reader);
}

RespReader::RespReader(Limits limits)
    : m_limits(limits)
    , m_reader(redisReaderCreateWithFunctions(&Functions::table))
{
    Q_CHECK_PTR(m_reader.get());
    m_reader->privdata = this;
    m_reader->maxelements = limits.elements;
}

RespReader::~RespReader() = default;

void RespReader::feed(QByteArrayView bytes)
{
    if (m_error)
        return;
    m_pending += bytes.size();
    redisReaderFeed(m_reader.get(), bytes.data(), size_t(bytes.size()));
}

RedisValue *RespReader::next()
{
    if (m_error)
        return nullptr;
    void *root = nullptr;
    if (redisReaderGetReply(m_reader.get(), &root) != REDIS_OK) {
        if (!m_error)
            fail(QString::fromLatin1(m_reader->errstr));
        return nullptr;
    }
    const qint64 unread = qint64(m_reader->len - m_reader->pos);
    if (!root) {
        // hiredis throws away what it has read, now and then, so that its buffer does not tell how
        // much of the value has come; what we have fed does.
        if (m_pending > m_limits.size)
            fail(u"a reply is larger than %1 bytes"_s.arg(m_limits.size));
        return nullptr;
    }
    const qint64 size = m_pending - unread;
    m_pending = unread;
    m_elements = 0;
    if (size > m_limits.size) {
        fail(u"a reply is larger than %1 bytes"_s.arg(m_limits.size));
        return nullptr;
    }
    m_isPush = m_reader->task[0]->type == REDIS_REPLY_PUSH;
    return &m_value;
}

void RespReader::fail(const QString &reason)
{
    m_error = RedisError{.kind = RedisError::Kind::Protocol,
                         .message = u"Not understood: %1"_s.arg(reason)};
    m_value = {};
}

void *RespReader::add(const redisReadTask *task, RedisValue value)
{
    if (!task->parent) {
        m_value = std::move(value);
        return &m_value;
    }
    auto &array = std::get<RedisValue::Array>(
        static_cast<RedisValue *>(task->parent->obj)->m_value);
    return &array.emplace_back(std::move(value));
}

} // namespace LiveTemplate
