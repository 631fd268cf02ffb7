using System.Globalization;
using System.Text.Json;
using Ringfence.Codes;
using Ringfence.Edge.Storage;
using Ringfence.Screening;
using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Web.Operate;

/// <summary>What became of a call, in one sentence: what happened first, then why.</summary>
internal static class CallSentence
{
    /// <summary>The verdict of a record; null where nobody was asked, or the edge that wrote it kept none.</summary>
    internal static Verdict? VerdictOf(CallRecord call) =>
        call.Decided.Length == 0 ? null
        : JsonSerializer.Deserialize(call.Decided, ScreeningJson.Default.Verdict)
            is { Reasons.IsDefault: false } verdict
            ? verdict
        : null;

    /// <summary>The whole sentence.</summary>
    internal static string Of(CallRecord call, Language language)
    {
        string why = Why(call, language.Code);
        string what = What(call, language);
        return why.Length == 0 ? what + "." : $"{what}: {why}";
    }

    /// <summary>What happened.</summary>
    internal static string What(CallRecord call, Language language) =>
        OperatorTexts.Get(
            language.Code,
            "call-" + Key(call),
            ("code", Code(call.StatusCode, language)),
            ("wait", Seconds(call.AnsweredMs >= 0 ? call.AnsweredMs : call.EndedMs)),
            ("talk", Seconds(call.EndedMs - call.AnsweredMs))
        );

    /// <summary>The first reason; empty where there is none.</summary>
    internal static string Why(CallRecord call, string language) =>
        VerdictOf(call) is { Reasons.Length: > 0 } verdict
            ? verdict.Reasons[0].Text(language)
            : call.Reasons.Split('\n')[0];

    /// <summary>Number and phrase: 607 Unwanted.</summary>
    internal static string Code(int code, Language language) =>
        CodeCatalogue.TryGet(code, out _)
            ? $"{CodePath.Text(code)} {CodeLink.To(code, language).Phrase}"
            : CodePath.Text(code);

    internal static string Seconds(int milliseconds) =>
        (milliseconds / 1000.0).ToString(milliseconds < 10_000 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";

    private static string Key(CallRecord call) =>
        call switch
        {
            { Verdict: "Refuse" } => "refused",
            { AnsweredMs: >= 0, Mode: "gate" or "challenge" } => "talked",
            { AnsweredMs: >= 0 } => "answered",
            { Verdict: "Challenge", StatusCode: >= 300 } => "challenged",
            { StatusCode: >= 300 and < 400 } => "redirected",
            { EndedBy: "caller" } => "given-up",
            { StatusCode: >= 300, EndedBy: "callee" } => "declined",
            { StatusCode: >= 300 } => "failed",
            _ => "progressed",
        };
}
