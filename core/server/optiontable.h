// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "serveroptions.h"

#include <QLatin1StringView>
#include <QString>

#include <chrono>
#include <expected>
#include <span>
#include <variant>

namespace LiveTemplate {

/// How one member of ServerOptions is called outside of the code, and what it may be.
struct LIVETEMPLATE_EXPORT ServerOption
{
    /// What the value is a text of, in this order: "true" or "false"; a number; bytes; a time in
    /// whole seconds; a time; a text; texts with commas between them.
    using Member = std::variant<bool ServerOptions::*, int ServerOptions::*,
                                qint64 ServerOptions::*, std::chrono::seconds ServerOptions::*,
                                std::chrono::milliseconds ServerOptions::*,
                                QString ServerOptions::*, QStringList ServerOptions::*>;

    /// The sections of ServerOptions.
    enum class Group {
        Pages,
        Visitors,
        Threads,
        Limits,
        TimeOuts,
        OtherServers,
        Operation,
    };

    /// For example "max-connections".
    QLatin1StringView key;
    Group group = Group::Pages;
    Member member;
    /// One sentence for whoever runs the server.
    QLatin1StringView description;
    /// The bounds of a number, of bytes, or of a time in milliseconds.
    qint64 minimum = 0;
    qint64 maximum = 0;
    /// What 0 means, when it is not the number that it is: "never", say. 0 is valid then, even when
    /// it is below @c minimum.
    QLatin1StringView zeroMeans = {};
    /// What a text is: "a folder", say. An empty one is written "none".
    QLatin1StringView form = {};
    /// What stands for the value in a list of arguments, if the type does not say it.
    QLatin1StringView valueName = {};
    /// The variable, where it is not called as the key is.
    QLatin1StringView variableName = {};
    /// A variable that other programs know, too, and which is read when ours is not set.
    QLatin1StringView sharedVariable = {};
    /// Whether the value says the opposite of the member.
    bool inverted = false;
    /// Whether the value is shown to nobody.
    bool secret = false;

    /// For example "LVT_MAX_CONNECTIONS".
    [[nodiscard]] QString variable() const;
    /// For example "--max-connections".
    [[nodiscard]] QString flag() const;
    /// For example "NUMBER".
    [[nodiscard]] QString placeholder() const;
    /// "bytes", "seconds", "milliseconds" or nothing: what the member counts.
    [[nodiscard]] QString unit() const;
    [[nodiscard]] bool isSwitch() const;

    /// Which values are right: "a whole number from 0 (no limit) to 1000000", say.
    [[nodiscard]] QString range() const;
    /// Whether the value in @p options is one of these.
    [[nodiscard]] bool isInRange(const ServerOptions &options) const;

    /// Reads @p text into @p options. When it is not understood or out of range, @p options stay
    /// as they are and the error says what would be right, as a sentence.
    [[nodiscard]] std::expected<void, QString> read(const QString &text,
                                                    ServerOptions &options) const;
    /// The value in @p options as read() takes it. It may be a secret.
    [[nodiscard]] QString print(const ServerOptions &options) const;
    /// The value in @p options for a person: on one line, what 0 means, "***" in place of a secret.
    [[nodiscard]] QString show(const ServerOptions &options) const;
    /// @p text, which somebody gave as the value, for a person: on one line and without secrets.
    [[nodiscard]] QString show(const QString &text) const;
};

/// All options that have a text, in the order of ServerOptions. The authenticator, the session
/// store and the broadcaster have none.
[[nodiscard]] LIVETEMPLATE_EXPORT std::span<const ServerOption> optionTable();

/// The option with that key; null when there is none.
[[nodiscard]] LIVETEMPLATE_EXPORT const ServerOption *findOption(QStringView key);

/// For example "Limits".
[[nodiscard]] LIVETEMPLATE_EXPORT QString optionGroupTitle(ServerOption::Group group);

} // namespace LiveTemplate
