using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>BK-14 reads from the same trace why a verifier did not get the certificate.</summary>
public sealed class CertificateFetchTests
{
    private const string Host = "cert.example.org";

    [Fact]
    public void A_name_that_does_not_exist_is_named_with_its_frame()
    {
        var finding = Found(Signed().Ask(Host).Named(Host, error: 3).B(403))!;
        finding.Values["what"].ShouldBe("DNS NXDOMAIN");
        finding.Confidence.ShouldBe(FindingConfidence.Certain);
        finding.Evidence.Select(e => e.What).ShouldContain("DNS cert.example.org NXDOMAIN");
        finding.Evidence.Select(e => e.Frame).ShouldBe([1, 4, 5]);
    }

    [Theory]
    [InlineData(2, "DNS SERVFAIL")]
    [InlineData(0, "DNS NODATA")]
    public void Any_other_answer_without_an_address_is_named(int error, string what) =>
        What(Signed().Ask(Host).Named(Host, error, address: null).B(403)).ShouldBe(what);

    [Fact]
    public void A_name_that_has_an_address_of_one_family_alone_is_found() =>
        What(Signed().Ask(Host).Named(Host).Ask(Host, 28).Named(Host, address: null, type: 28).B(403)).ShouldBeNull();

    [Theory]
    [InlineData(9, "nameless")]
    [InlineData(1, null)]
    public void A_name_server_that_does_not_answer_is_named_after_a_while(double wait, string? what) =>
        What(Signed().Ask(Host).Wait(wait).B(403)).ShouldBe(what);

    [Fact]
    public void A_refused_connection_is_named() => What(Resolved().Connect(Script.Rst).B(403)).ShouldBe("refused");

    [Fact]
    public void A_server_that_an_icmp_error_speaks_of_is_unreachable() =>
        What(Resolved().Connect(0).WebUnreachable().B(403)).ShouldBe("unreachable");

    [Theory]
    [InlineData(true, "unanswered")]
    [InlineData(false, null)]
    public void Attempts_that_nobody_answers_are_named_where_there_is_more_than_one(bool again, string? what)
    {
        var script = Resolved().Connect(0).Wait(1);
        What((again ? script.Again(1) : script).Wait(1).B(403)).ShouldBe(what);
    }

    [Fact]
    public void A_connection_of_which_the_capture_has_one_direction_alone_was_not_refused() =>
        What(Resolved().Connect(0).Again(1).Web(true, Script.Push, 1, 2, 3).B(403)).ShouldBeNull();

    [Theory]
    [InlineData(112, "TLS unrecognized_name")]
    [InlineData(0, null)]
    public void An_alert_of_the_server_is_named_and_a_goodbye_is_none(byte alert, string? what) =>
        What(Signed().Connect().Hello(Host).Web(false, Script.Push, Script.Alert(alert)).B(403)).ShouldBe(what);

    [Theory]
    [InlineData(19, "TLS encrypted")]
    [InlineData(53, null)]
    public void A_verifier_that_breaks_tls_off_where_its_finished_was_due_does_not_trust_the_server(
        int length,
        string? what
    )
    {
        var script = Signed().Connect().Hello(Host).ServerHello().Web(false, Script.Push, Script.Opaque(900));
        What(script.Web(true, Script.Push, Script.Opaque(length)).B(403)).ShouldBe(what);
    }

    [Theory]
    [InlineData("404 Not Found", "/chain.pem", "HTTP 404")]
    [InlineData("302 Found", "/chain.pem", "HTTP 302")]
    [InlineData("200 OK", "/chain.pem", null)]
    [InlineData("404 Not Found", "/other.pem", null)]
    public void A_status_of_http_counts_where_it_is_about_the_certificate(string status, string path, string? what) =>
        What(FormScenarios.Fetched(status, path)).ShouldBe(what);

    [Fact]
    public void The_last_attempt_counts()
    {
        What(Resolved().Connect(Script.Rst).Connect().B(403)).ShouldBeNull();
        var refused = Signed().Connect().Hello(Host).Web(false, Script.Push, Script.Alert(112));
        What(refused.Connect().Hello(Host).ServerHello().B(403)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, "refused")]
    [InlineData(60, null)]
    public void Only_the_time_of_the_call_is_looked_at(double wait, string? what) =>
        What(Resolved().B(403).Wait(wait).Connect(Script.Rst)).ShouldBe(what);

    [Fact]
    public void A_fetch_from_another_server_says_nothing() =>
        What(Signed().Ask("other.example.org").Named("other.example.org", error: 3).B(403)).ShouldBeNull();

    [Theory]
    [InlineData(436, "refused")]
    [InlineData(403, null)]
    public void A_connection_that_nothing_names_is_taken_for_it_only_where_the_call_is_refused_for_it(
        int status,
        string? what
    ) => What(Signed().Connect(Script.Rst).B(status)).ShouldBe(what);

    [Fact]
    public void Where_nothing_is_seen_of_the_fetch_the_refusal_is_quoted() =>
        What(Signed().B(436, phrase: "Bad Identity Info")).ShouldBe("436 Bad Identity Info");

    private static Script Signed() => FormScenarios.Signed();

    private static Script Resolved() => Signed().Ask(Host).Named(Host);

    private static string? What(Script script) => Found(script)?.Values["what"];

    private static Finding? Found(Script script) =>
        script.Diagnose().Findings.SingleOrDefault(finding => finding.Id == "BK-14");
}
