// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "conformancetest.h"

/// PROTOCOL.md, section A.
class HttpConformance : public ConformanceTest
{
    Q_OBJECT

private Q_SLOTS:
    void a1_oneAddressAnswersEverything();
    void a1_theQueryReachesMountEveryWay_data();
    void a1_theQueryReachesMountEveryWay();

    void a2_everyAnswerSaysWhetherThereIsWebSocket_data();
    void a2_everyAnswerSaysWhetherThereIsWebSocket();
    void a2_alsoTheAnswerToASlowHead();

    void a3_headIsAnsweredByTheHeaderAlone();
    void a3_headAsksNoAuthenticator();
    void a3_headCreatesNoSession();

    void a4_thePageIsHtml();
    void a4_whoIsNotIdentifiedGets401_data();
    void a4_whoIsNotIdentifiedGets401();
    void a4_withoutAChallengeThereIsNoSuchHeader();
    void a4_whoHasNoGroupGets500();
    void a4_aFailingMountGets500();
    void a4_whatMountMakesIsSaved();
    void a4_filesThatBrowsersAskForAreNoPage_data();
    void a4_filesThatBrowsersAskForAreNoPage();
    void a4_theBodyOfADocumentIsWrapped();
    void a4_scriptsStandBehindTheWrapper();
    void a4_aFragmentIsWrappedWhole();
    void a4_theIdIsTheSameForAllVisitors();
    void a4_loadingCanBeSwitchedOff();
    void a4_theHeartbeatIsWrittenUnlessItIsTheClientsOwn_data();
    void a4_theHeartbeatIsWrittenUnlessItIsTheClientsOwn();
    void a4_theDebounceOfTheLoadingBarIsWritten();
    void a4_commentsAreRemoved();
    void a4_theFirstTreeRebuildsTheWrappersContent_data();
    void a4_theFirstTreeRebuildsTheWrappersContent();

    void a5_theClientIsServedUnmodified_data();
    void a5_theClientIsServedUnmodified();
    void a5_templatesHaveTheAddresses();

    void a6_acceptDecides_data();
    void a6_acceptDecides();
    void a6_theBootstrapIsTheFirstMessage();
    void a6_theBootstrapIsAPageLoad();

    void a7_jsonBodies_data();
    void a7_jsonBodies();
    void a7_malformedJsonGets400WithTheReason_data();
    void a7_malformedJsonGets400WithTheReason();
    void a7_formBodies_data();
    void a7_formBodies();
    void a7_multipartBodies_data();
    void a7_multipartBodies();
    void a7_onlyFormsDefaultToSubmit();
    void a7_otherTypesAreRefused();
    void a7_pingAndNavigateGet400_data();
    void a7_pingAndNavigateGet400();
    void a7_theQueryIsMergedUnderTheBody_data();
    void a7_theQueryIsMergedUnderTheBody();
    void a7_mountRunsBeforeTheAction();
    void a7_theStateIsRebuiltForEachRequest();
    void a7_aFailedActionIsNotSaved_data();
    void a7_aFailedActionIsNotSaved();
    void a7_anUnknownActionIsNoError();
    void a7_jsonIsAnsweredByAnEnvelope_data();
    void a7_jsonIsAnsweredByAnEnvelope();
    void a7_aFormThatSucceedsIsSentToItself_data();
    void a7_aFormThatSucceedsIsSentToItself();
    void a7_aFormThatFailsIsShownAgain();
    void a7_theActionsOwnRedirectIsAllThatIsSent();
    void a7_withoutProgressiveEnhancementFormsGetJson();
    void a7_flashTravelsInItsCookie();
    void a7_theFlashCookieIsReadOnce();
    void a7_otherMethodsGet405_data();
    void a7_otherMethodsGet405();
    void a7_uploadsAreRefused_data();
    void a7_uploadsAreRefused();

    void a8_theCookieIsExact_data();
    void a8_theCookieIsExact();
    void a8_headSetsNoCookie();
    void a8_aGoodCookieStays_data();
    void a8_aGoodCookieStays();
    void a8_badCookiesAreReplaced_data();
    void a8_badCookiesAreReplaced();
    void a8_theEqualsSignIsKept();
    void a8_newIdsAreRandom();
    void a8_theGroupOfABasicUserIsTheName_data();
    void a8_theGroupOfABasicUserIsTheName();
    void a8_maxAgeAndSecureAreOptions();

    void a9_postsOfOtherOriginsAreRefused_data();
    void a9_postsOfOtherOriginsAreRefused();
    void a9_tabsInHttpModeGetFullTrees();

private:
    /// The action that a body led to, as {"method":…,"action":…,"submitter":…,"data":…}.
    [[nodiscard]] QJsonObject called() const;
};
