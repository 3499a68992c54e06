// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "conformancetest.h"

/// PROTOCOL.md, section B.
class WebSocketConformance : public ConformanceTest
{
    Q_OBJECT

private Q_SLOTS:
    void b1_theHandshakeIsThatOfRfc6455();
    void b1_withoutWebSocketAnUpgradeGets400();
    void b1_duringTheShutdownAnUpgradeGets503();
    void b1_whoIsNotIdentifiedGets401();
    void b1_whoHasNoGroupGets500();
    void b1_aFullServerGives503();
    void b1_aFullGroupGives503();
    void b1_theOriginMustBeTheServersOwn_data();
    void b1_theOriginMustBeTheServersOwn();
    void b1_theForwardedSchemeCountsWhenItIsTrusted_data();
    void b1_theForwardedSchemeCountsWhenItIsTrusted();
    void b1_listedOriginsAreComparedExactly_data();
    void b1_listedOriginsAreComparedExactly();
    void b1_inDevelopmentThisMachineIsAllowed_data();
    void b1_inDevelopmentThisMachineIsAllowed();
    void b1_theChecksComeInThisOrder_data();
    void b1_theChecksComeInThisOrder();
    void b1_aRefusedUpgradeLeavesTheConnectionToHttp();

    void b2_aConnectionLivesInThisOrder();
    void b2_theFirstMessageShowsWhatOnConnectMade();
    void b2_whatMountMakesIsSavedBeforeOnConnect();
    void b2_aFailingOnConnectIsOnlyLogged();
    void b2_aFailingMountClosesWithoutAMessage();
    void b2_broadcastsOfMountAndOnConnectReachThePeers_data();
    void b2_broadcastsOfMountAndOnConnectReachThePeers();

    void b3_messagesReachTheirAction_data();
    void b3_messagesReachTheirAction();
    void b3_tablesThatAreNotKeptAreUnknownActions();
    void b3_uploadsAreRefusedFileByFile();
    void b3_valuesAreConverted_data();
    void b3_valuesAreConverted();

    void b4_theFirstMessageIsExact();
    void b4_theCapabilitiesAreThoseOfThePage_data();
    void b4_theCapabilitiesAreThoseOfThePage();
    void b4_everyConnectionIsToldTheCapabilities();
    void b4_everyActionIsAnsweredOnce_data();
    void b4_everyActionIsAnsweredOnce();
    void b4_updatesHaveNoMeta_data();
    void b4_updatesHaveNoMeta();
    void b4_flashIsNoError();
    void b4_theTreeIsAlwaysAnObject_data();
    void b4_theTreeIsAlwaysAnObject();

    void b5_aPingIsAnsweredByAPong();
    void b5_thePongComesBeforeOtherWork();
    void b5_aSlowActionDoesNotKeepThePongBack();

    void b6_thereIsNoRedirectAndNoCookie();
    void b6_flashTravelsInTheTree();

    void b7_aShutdownClosesWith1001();
    void b7_aReconnectGetsTheWholeTree();
    void b7_answersToPostsAreWholeTrees();

    void b8_theDefaultsAreTenASecondAndTwentyAtOnce();
    void b8_theBucketFillsByItsRate();
    void b8_overTheRateLimitIsAnsweredWithAnEmptyTree();
    void b8_whatIsOverTheRateLimitIsDropped();
    void b8_theBucketIsFilledAgain();
    void b8_eachConnectionHasItsOwnBucket();
    void b8_pingsCount();
    void b8_piecesOfFilesDoNotCount();
    void b8_messagesOfAMebibyteAreTaken();
    void b8_largerMessagesCloseTheConnection();
    void b8_answersComeInTheOrderOfTheActions();
    void b8_broadcastsAreInterleaved();
    void b8_sixteenBroadcastsMayWait();
    void b8_malformedMessagesAreIgnored_data();
    void b8_malformedMessagesAreIgnored();
    void b8_unknownActionsAreAnswered_data();
    void b8_unknownActionsAreAnswered();

    void b9_navigatingMountsAgain();
    void b9_navigatingIsAnsweredAsAnAction();
    void b9_navigatingKeepsTheState();

private:
    void checkOriginRow();
};
