// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "formbody_p.h"

#include "envelope_p.h"
#include "headervalue_p.h"
#include "multipart_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QStringDecoder>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Fields of a form that say what to do; they are no data.
constexpr auto actionField = "lvt-action"_L1;
constexpr auto submitterField = "lvt-submitter"_L1;
/// In multipart/form-data it holds the data as JSON.
constexpr auto dataField = "data"_L1;
/// A browser writes the name of the form's encoding into it (HTML, 4.10.21.4).
constexpr auto charsetField = "_charset_"_L1;
/// A form attribute by its looks, so that a button is never guessed from it. It is data.
constexpr auto ordinaryField = "action"_L1;

/// What a form does that names no action.
constexpr auto defaultAction = "submit"_L1;

using Parsed = std::expected<PostedAction, PostedActionError>;

std::unexpected<PostedActionError> malformed(const QString &sentence)
{
    return std::unexpected(PostedActionError{PostedActionError::Malformed, sentence});
}

std::unexpected<PostedActionError> unsupported(const QString &sentence)
{
    return std::unexpected(PostedActionError{PostedActionError::UnsupportedMediaType, sentence});
}

/// ASCII is a part of UTF-8.
bool isUtf8(const QByteArray &charset)
{
    const QByteArray name = charset.toLower();
    return name == "utf-8" || name == "utf8" || name == "us-ascii";
}

int hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return -1;
}

/// A byte-order mark is text here (WHATWG URL, 5.1), which QString::fromUtf8() drops.
QString decodeUtf8(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::ConvertInitialBom
                               | QStringDecoder::Flag::Stateless);
    return decoder.decode(text);
}

/// WHATWG URL, 5.1: a per cent sign without two digits stands for itself.
QString decodeUrlEncoded(QByteArrayView text)
{
    QByteArray decoded;
    decoded.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool hasDigits = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0
            && hexDigit(text[i + 2]) >= 0;
        if (hasDigits) {
            decoded += char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i] == '+' ? ' ' : text[i];
        }
    }
    return decodeUtf8(decoded);
}

/// The fields of a form by name, whatever its encoding was.
class FormFields
{
public:
    [[nodiscard]] std::expected<void, PostedActionError> add(const QString &name,
                                                             const QString &value)
    {
        if (++m_count > maxFormFields)
            return malformed(u"The form has more than %1 fields."_s.arg(maxFormFields));
        if (name == charsetField && !value.isEmpty() && !isUtf8(value.toUtf8())) {
            return malformed(
                u"The form was sent in the encoding \"%1\"; only UTF-8 is understood."_s.arg(
                    value));
        }
        if (!name.isEmpty() && name != charsetField)
            m_values[name].append(value);
        return {};
    }

    /// The first value of a field, which is removed; empty when there is none.
    [[nodiscard]] QString take(QLatin1StringView name)
    {
        const QStringList values = m_values.take(name);
        return values.isEmpty() ? QString() : values.first();
    }

    /// The name of the only field that has one value and that is empty, which is removed: so a
    /// clicked `<button name="increment">` arrives. Empty when there is none, or several.
    [[nodiscard]] QString takeButton()
    {
        QString button;
        for (auto it = m_values.cbegin(); it != m_values.cend(); ++it) {
            const bool isCandidate = it.key() != ordinaryField && it->size() == 1
                && it->first().isEmpty();
            if (isCandidate && !button.isEmpty())
                return {};
            if (isCandidate)
                button = it.key();
        }
        m_values.remove(button);
        return button;
    }

    [[nodiscard]] QJsonObject data() const
    {
        QJsonObject data;
        for (auto it = m_values.cbegin(); it != m_values.cend(); ++it) {
            data.insert(it.key(),
                        it->size() == 1 ? QJsonValue(it->first())
                                        : QJsonValue(QJsonArray::fromStringList(*it)));
        }
        return data;
    }

private:
    QMap<QString, QStringList> m_values;
    qsizetype m_count = 0;
};

/// What the fields say, but for the data.
PostedAction takeAction(FormFields &fields)
{
    PostedAction posted;
    posted.action = fields.take(actionField);
    posted.submitter = fields.take(submitterField);
    if (posted.action.isEmpty())
        posted.action = posted.submitter;
    return posted;
}

/// Gives the data, and an action if there is none yet.
void takeData(FormFields &fields, PostedAction &posted)
{
    if (posted.action.isEmpty()) {
        posted.submitter = fields.takeButton();
        posted.action = posted.submitter;
    }
    posted.data = fields.data();
}

Parsed parseUrlEncoded(const QByteArray &body)
{
    FormFields fields;
    for (qsizetype from = 0; from < body.size();) {
        const qsizetype ampersand = body.indexOf('&', from);
        const qsizetype end = ampersand < 0 ? body.size() : ampersand;
        const QByteArrayView field = QByteArrayView(body).sliced(from, end - from);
        from = end + 1;
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        const auto added = equals < 0 ? fields.add(decodeUrlEncoded(field), QString())
                                      : fields.add(decodeUrlEncoded(field.first(equals)),
                                                   decodeUrlEncoded(field.sliced(equals + 1)));
        if (!added)
            return std::unexpected(added.error());
    }
    PostedAction posted = takeAction(fields);
    takeData(fields, posted);
    return posted;
}

/// Whether the value of a field is text that we can read.
bool isReadable(const MultipartPart &part)
{
    if (part.contentType.isEmpty())
        return true;
    const auto type = HeaderValue::parse(part.contentType);
    return type && isUtf8(type->parameter("charset").value_or("utf-8"));
}

Parsed parseMultipartForm(const QByteArray &body, const QByteArray &boundary)
{
    const auto parts = parseMultipart(body, boundary);
    if (!parts)
        return malformed(parts.error());

    FormFields fields;
    bool hasFiles = false;
    for (const MultipartPart &part : *parts) {
        if (part.fileName) {
            // An input without a chosen file sends an empty one without a name.
            hasFiles |= !part.fileName->isEmpty() || !part.content.isEmpty();
            continue;
        }
        if (!isReadable(part))
            return malformed(u"A field of the form is not in UTF-8."_s);
        const auto added = fields.add(part.name, decodeUtf8(part.content));
        if (!added)
            return std::unexpected(added.error());
    }

    PostedAction posted = takeAction(fields);
    posted.hasFiles = hasFiles;
    const QString json = fields.take(dataField);
    if (json.isEmpty()) {
        takeData(fields, posted);
        return posted;
    }
    const QJsonDocument data = QJsonDocument::fromJson(json.toUtf8());
    if (!data.isObject())
        return malformed(u"The field \"data\" of the form must hold a JSON object."_s);
    posted.data = data.object();
    return posted;
}

/// Null is as good as a missing value.
bool isStringOrMissing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || value.isString();
}

Parsed parseJson(const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError) {
        return malformed(u"The body is not valid JSON: %1, at byte %2."_s.arg(error.errorString())
                             .arg(error.offset));
    }
    if (!document.isObject())
        return malformed(u"The body must be a JSON object."_s);
    const QJsonObject object = document.object();
    const QJsonValue action = object.value("action"_L1);
    const QJsonValue submitter = object.value("submitter"_L1);
    const QJsonValue data = object.value("data"_L1);
    if (!isStringOrMissing(action) || !isStringOrMissing(submitter))
        return malformed(u"The action and the submitter must be strings."_s);
    if (!data.isUndefined() && !data.isNull() && !data.isObject())
        return malformed(u"The data of the action must be a JSON object."_s);

    PostedAction posted{action.toString(), data.toObject(), submitter.toString(), false};
    if (posted.action.isEmpty())
        posted.action = posted.submitter;
    if (posted.action.isEmpty())
        return malformed(u"The request names no action."_s);
    return posted;
}

Parsed parseBody(const HeaderValue &type, const QByteArray &body)
{
    const bool isForm = type.value == "application/x-www-form-urlencoded"
        || type.value == "multipart/form-data";
    if (!isForm && type.value != "application/json") {
        return unsupported(
            u"Actions are sent as application/json, application/x-www-form-urlencoded or "
            "multipart/form-data, not as %1."_s.arg(QLatin1StringView(type.value)));
    }
    if (!isUtf8(type.parameter("charset").value_or("utf-8")))
        return unsupported(u"The body must be in UTF-8."_s);
    if (!isForm)
        return parseJson(body);

    Parsed posted = type.value == "multipart/form-data"
        ? parseMultipartForm(body, type.parameter("boundary").value_or(QByteArray()))
        : parseUrlEncoded(body);
    if (posted && posted->action.isEmpty())
        posted->action = defaultAction;
    return posted;
}

} // namespace

Parsed parsePostedAction(const QByteArray &contentType, const QByteArray &body)
{
    const auto type = HeaderValue::parse(contentType);
    if (!type)
        return unsupported(u"The request must have a valid Content-Type header."_s);
    Parsed posted = parseBody(*type, body);
    if (posted && (posted->action == pingAction || posted->action == navigateAction)) {
        return malformed(
            u"The action \"%1\" is understood on a WebSocket only."_s.arg(posted->action));
    }
    return posted;
}

} // namespace LiveTemplate
