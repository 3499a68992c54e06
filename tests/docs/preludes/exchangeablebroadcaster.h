// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of core/pubsub/exchangeablebroadcaster.h take for granted.

extern const std::shared_ptr<RedisClient> &client;
