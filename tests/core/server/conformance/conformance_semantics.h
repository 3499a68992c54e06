// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "conformancetest.h"

/// PROTOCOL.md, section E, but for uploads, topics and E.13.
class SemanticsConformance : public ConformanceTest
{
    Q_OBJECT

private Q_SLOTS:
    void e1_actionsGetACopyOfTheState();
    void e1_dependenciesInTheStateAreRefused();

    void e2_fourSpellingsCallAMethod_data();
    void e2_fourSpellingsCallAMethod();
    void e2_otherSpellingsAreUnknown_data();
    void e2_otherSpellingsAreUnknown();
    void e2_hooksCannotBeCalled_data();
    void e2_hooksCannotBeCalled();
    void e2_reservedNamesReachNoMethod_data();
    void e2_reservedNamesReachNoMethod();
    void e2_reservedNamesReachNoMethodByPost_data();
    void e2_reservedNamesReachNoMethodByPost();
    void e2_reservedNamesAreNotDispatched_data();
    void e2_reservedNamesAreNotDispatched();

    void e3_mountRunsEveryTime();
    void e3_onConnectRunsForEachWebSocket();
    void e3_onDisconnectRunsOnceForEach();
    void e3_hooksHaveNoActionName();
    void e3_mountIsToldTheOccasion();
    void e3_onlyAGetIsAnInitialMount();
    void e3_theContextTellsWhoseItIs();

    void e4_aNewTabStartsAtTheSavedState();
    void e4_pagesAndPostsStartAtTheSavedState();
    void e4_eachTabHasItsOwnCopy();
    void e4_ephemeralPropertiesAreNotSaved();
    void e4_twoPagesOfABrowserAreApart();
    void e4_browsersAreApart();
    void e4_whoHasDoneNothingHasNothingSaved();
    void e4_theLastWriterWins();

    void e5_everyOtherTabOfTheGroupGetsIt();
    void e5_tabsOfOtherPagesGetItToo();
    void e5_otherGroupsDoNot();
    void e5_receiversRunOnTheirOwnState();
    void e5_itCarriesItsData();
    void e5_itComesAfterTheAnswer();
    void e5_itComesAfterTheAnswerToAPost();
    void e5_itGoesOneHop();
    void e5_anActionMayMakeAHundred();
    void e5_emptyNamesAreIgnored();
    void e5_aFailedActionMakesNone_data();
    void e5_aFailedActionMakesNone();
    void e5_anUnknownActionSendsNothing();
    void e5_aPostExcludesNobody();
    void e5_receiversShowNoErrors();
    void e5_receiversHaveNoRequest();
    void e5_theRateLimitDoesNotApply();
    void e5_whatItMakesIsSaved();

    void e6_itReachesEveryTabLongAfterTheRequest();
    void e6_itReachesTheGroupOnly();
    void e6_itFailsWithAReason();
    void e6_itFailsWhenTheServerIsGone();
    void e6_itsBroadcastsAreDropped();
    void e6_itsDataAreCopied();
    void e6_whatItMakesIsSaved();
    void e6_manyThreadsMayTrigger();
    void e6_theServerTriggersToo();

    void e7_theAuthenticatorIsAskedForEveryRequest();
    void e7_anonymousVisitorsHaveNoName();
    void e7_basicUsersShareAGroup();
    void e7_theRealmIsLiveTemplateUnlessItIsSet();
    void e7_badCredentialsAreRefused_data();
    void e7_badCredentialsAreRefused();

    void e8_errorsOfFieldsAreInTheMap();
    void e8_otherErrorsAreGeneral();
    void e8_anUnknownActionHasNoErrors();
    void e8_errorsAreClearedAtTheNextAction();
    void e8_aFailedActionKeepsTheState();
    void e8_templatesHaveTheErrors();
    void e8_flashKeys_data();
    void e8_flashKeys();
    void e8_flashStaysUntilItIsCleared();
    void e8_allFlashIsClearedAtOnce();
    void e8_flashExpires();
    void e8_flashIsOfOneConnection();

    void e11_zeroIsNoLimit();
    void e11_anonymousVisitorsAreNotOneGroup();

    void e12_statesAreKeptForADay();
};
