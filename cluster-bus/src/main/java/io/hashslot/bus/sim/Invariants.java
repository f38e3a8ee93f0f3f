package io.hashslot.bus.sim;

import java.util.List;

/**
 * What holds in every history, whatever breaks. What must become true again once all is repaired is
 * the business of {@link Wholeness}.
 */
final class Invariants {
  private Invariants() {}

  /** A fresh set for one history. */
  static List<Invariant> all(Ballots ballots) {
    return List.of(
        ballots,
        new EpochRules.OneWinnerPerEpoch(ballots),
        new EpochRules.OneOwnerPerConfigEpoch(ballots),
        new EpochRules.OwnConfigEpochNeverGoesBack(),
        new EpochRules.KnownConfigEpochNeverGoesBack(),
        new EpochRules.CurrentEpochNeverGoesBackWhileRunning(),
        new VoteRules.OneVotePerEpoch(),
        new VoteRules.VoteIsDurableBeforeItIsSent(),
        new VoteRules.VoteIsForAnEpochThatWasAskedFor(),
        new VoteRules.VoteNeedsAFailedPrimary(),
        new VoteRules.VoteIsNotForAStaleClaim(),
        new VoteRules.WinnerHasAMajority(ballots),
        new VoteRules.OldDataDoesNotStand(),
        new VoteRules.CooperationLosesNothing(),
        new MemberRules.ForgottenStaysForgotten(),
        new MemberRules.NobodyIsLost(),
        new MemberRules.FailureNeedsAMajority(),
        new ServiceRules.ClaimIsDurableBeforeItIsSent(),
        new ServiceRules.SlotsAreLostToNewerClaims(),
        new ServiceRules.ReplacedPrimaryDoesNotServe(),
        new ServiceRules.MinorityDoesNotServe(),
        new LeaseRule.ServesOnlyWhileItHearsAMajority(),
        new SoleServiceRule.OneServesASlot(ballots),
        new ServiceRules.WokenPrimaryWaits());
  }
}
