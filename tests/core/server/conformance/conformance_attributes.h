// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "conformancetest.h"

/// PROTOCOL.md, section D: attributes that the server has a part in.
class AttributeConformance : public ConformanceTest
{
    Q_OBJECT

private Q_SLOTS:
    void d1_attributesArePassedThrough_data();
    void d1_attributesArePassedThrough();
    void d1_whatTheClientMakesOfThemCallsTheAction_data();
    void d1_whatTheClientMakesOfThemCallsTheAction();
    void d1_aFormThatFailsIsShownWithItsErrors();
    void d1_boundInputsAreSplitAtTheirValue();
    void d1_theClientFindsTheBoundInputs();
    void d1_changeIsSentOnlyWhereItIsAnnounced();
    void d1_scrollingLoadsMoreWithoutData();
    void d1_rowsHaveTheirKeys();
    void d1_aFormIsCheckedByItsOwnAttributes();
    void d1_formnovalidateSwitchesTheChecksOff();
    void d1_nativeFormsGetHtml();
    void d1_theWrapperHasItsAttributes();
    void d2_bracketsAreExpanded();
};
