namespace Ringfence.Codes.Tests;

public sealed class DecisionTests
{
    public static TheoryData<string> Languages => Data.Languages;

    [Theory]
    [InlineData("user", "unwanted-caller", null, 607)]
    [InlineData("user-rule", "unwanted-caller", null, 607)]
    [InlineData("user", "not-now", null, 603)]
    [InlineData("user", "busy", "this-place", 486)]
    [InlineData("user", "busy", "every-place", 600)]
    [InlineData("analytics", "judged-unwanted", "peer-608", 608)]
    [InlineData("analytics", "judged-unwanted", "peer-603plus", 603)]
    [InlineData("analytics", "judged-unwanted", "legacy-caller", 608)]
    [InlineData("analytics", "unsure", null, 183)]
    [InlineData("verifier", "no-signature", null, 428)]
    [InlineData("verifier", "certificate-unreachable", null, 436)]
    [InlineData("verifier", "certificate-refused", null, 437)]
    [InlineData("verifier", "signature-invalid", null, 438)]
    [InlineData("verifier", "identity-stale", null, 403)]
    [InlineData("domain", "unknown-number", "this-place", 404)]
    [InlineData("domain", "unknown-number", "every-place", 604)]
    [InlineData("domain", "not-reachable", null, 480)]
    [InlineData("operator", "credentials-missing", "as-proxy", 407)]
    [InlineData("operator", "credentials-missing", "as-server", 401)]
    [InlineData("device", "media-unsuitable", "every-place", 606)]
    public void Who_decided_and_why_settles_the_code(string who, string why, string? whom, int code) =>
        DecisionTable.Find(who, why, whom).ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("user", "signature-invalid", null)]
    [InlineData("analytics", "judged-unwanted", "this-place")]
    [InlineData("", "", null)]
    public void What_is_not_in_the_table_has_no_answer(string who, string why, string? whom) =>
        DecisionTable.Find(who, why, whom).ShouldBeNull();

    [Fact]
    public void Each_row_is_reached() =>
        DecisionTable.Rows.ShouldAllBe(row => DecisionTable.Find(row.Who, row.Why, row.Whom) == row);

    [Fact]
    public void Only_the_person_sends_607_and_only_analytics_608()
    {
        DecisionTable
            .Rows.Where(r => r.Code == SipStatus.Unwanted)
            .ShouldAllBe(r => r.Who == "user" || r.Who == "user-rule");
        DecisionTable.Rows.Where(r => r.Code == SipStatus.Rejected).ShouldAllBe(r => r.Who == "analytics");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_table_is_worded_in_every_language(string code)
    {
        var answers = DecisionTable.In(Language.Load(code));
        answers.Count.ShouldBe(DecisionTable.Rows.Count);
        answers.ShouldAllBe(a => a.Because.EndsWith('.') && a.Who.Length > 0 && a.Why.Length > 0 && a.Whom.Length > 0);
        answers.Select(a => (a.Who, a.Why, a.Whom)).ShouldBeUnique();
    }
}
