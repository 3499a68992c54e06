// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "conformancetest.h"

/// PROTOCOL.md, E.13: health, metrics and the shutdown.
class OperationConformance : public ConformanceTest
{
    Q_OBJECT

private Q_SLOTS:
    void e13_liveIsAlwaysOk();
    void e13_readyTellsWhatIsMissing_data();
    void e13_readyTellsWhatIsMissing();
    void e13_checksHaveThreeSeconds();
    void e13_healthIsJson();
    void e13_unhealthyIs503();
    void e13_healthIsForGetOnly_data();
    void e13_healthIsForGetOnly();

    void e13_metricsAreInTheTextFormat();
    void e13_metricsAreForGetOnly_data();
    void e13_metricsAreForGetOnly();
    void e13_metricsHaveTheirNamesAndTypes_data();
    void e13_metricsHaveTheirNamesAndTypes();
    void e13_summariesHaveFourQuantiles_data();
    void e13_summariesHaveFourQuantiles();
    void e13_theLimitOfConnectionsIsAMetric();
    void e13_countersAreExact();
    void e13_eachDifferenceIsTimed();
    void e13_operationCanBeSwitchedOff();

    void e13_theShutdownTellsEverybody();
    void e13_thirtySecondsAreTheDefault();
};
